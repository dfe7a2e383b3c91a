// A button whose form was sent shows that the work goes on, until the answer is there or one comes back to the page.
document.addEventListener("submit", (sent) => sent.submitter?.setAttribute("aria-busy", "true"));
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});
