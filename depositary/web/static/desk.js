// A button whose form was sent shows that the work goes on, until the answer is there or one comes back to the page.
document.addEventListener("submit", (sent) => sent.submitter?.setAttribute("aria-busy", "true"));
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

// Enter in a field sends no form but a search, a filter, or what asks for a password: a button says what is done.
const typedIn = "main form[method=post]:not(:has([type=password]))";
document.addEventListener("keydown", (pressed) => {
  if (pressed.key === "Enter" && pressed.target.matches(`${typedIn} input`)) pressed.preventDefault();
});

// What is typed stays in the history of the tab, for the same person: it is in its form when one comes back to the page.
const person = document.querySelector("header .person a")?.textContent;
const isBox = (field) => field.type === "checkbox" || field.type === "radio";
// Of what is hidden, "form" and "seen" tell the desk that the form was saved, and what the person had seen of the case.
const stays = (field) =>
  field.name && !["file", "submit"].includes(field.type) && (field.type !== "hidden" || ["form", "seen"].includes(field.name));
const askAgain = (parts) => {
  for (const part of parts) if (part.matches("[hx-post]")) part.dispatchEvent(new Event("change"));
};
let waits;
function keep(form) {
  const fields = [...form.elements].filter(stays).map((field) => [field.name, field.value, field.checked]);
  const forms = { ...history.state?.forms, [form.getAttribute("action")]: fields };
  history.replaceState({ ...history.state, person, forms }, "");
}
for (const event of ["input", "change", "submit"]) {
  document.addEventListener(event, ({ target }) => {
    const form = target.closest(typedIn);
    clearTimeout(waits);
    if (!form) return;
    // at once where the page may be left next: what is kept while the next one comes can be lost
    event === "input" ? (waits = setTimeout(keep, 300, form)) : keep(form);
  });
}
if (history.state?.forms && history.state.person === person) {
  for (const form of document.querySelectorAll(typedIn)) {
    const kept = history.state.forms[form.getAttribute("action")];
    if (!kept) continue;
    for (const [name, value, checked] of kept) {
      for (const field of [...form.elements].filter((field) => stays(field) && field.name === name)) {
        if (isBox(field) ? field.value !== value || field.checked === checked : field.value === value) continue;
        isBox(field) ? (field.checked = checked) : (field.value = value);
        field.closest("details")?.setAttribute("open", "");
      }
    }
    // what it would do is asked for as soon as htmx listens, and once the page is whole
    form.addEventListener("htmx:after:init", ({ target }) => askAgain([target]));
    window.addEventListener("pageshow", () => askAgain(form.querySelectorAll("[data-htmx-powered]")));
  }
}
