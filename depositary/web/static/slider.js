/* The slider of a status page. Without this script it asks for its day when it is sent; with it, it says its day at once,
   and the page follows. DAYS, before these lines, is how each language writes the days of each month. */
const slider = document.querySelector("form.slider");

if (slider) {
  const { day } = slider.elements, said = slider.querySelector("output"), forms = DAYS[document.documentElement.lang];

  day.addEventListener("input", () => {
    const on = new Date(day.value * 864e5), date = on.getUTCDate();
    const form = forms[on.getUTCMonth() + (date === 1 ? 12 : 0)];
    said.value = form.replace("{day}", date).replace("{year}", on.getUTCFullYear());
    day.setAttribute("aria-valuetext", said.value);
  });

  if (window.htmx) {
    htmx.config.noSwap.push("4xx", "5xx"); // what is refused or too busy leaves the page as it was
    const follow = {
      "hx-get": slider.getAttribute("action"),
      "hx-trigger": "input delay:150ms",
      "hx-sync": "this:replace", // an answer that comes after a later question is dropped
      "hx-target": "body",
      "hx-swap": "outerMorph",
      "hx-replace-url": "true",
      "hx-morph-skip": "", // it stays as it is under the reader's finger
    };
    for (const name in follow) slider.setAttribute(name, follow[name]);
    htmx.process(slider); // it may have looked at the page before
    slider.querySelector("button").hidden = true;
  }
}
