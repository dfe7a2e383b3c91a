// Passkeys: a device is asked, and its answer is sent with the form around the button.
for (const button of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
  const form = button.form, fault = form.querySelector("[data-passkey-fault]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    fault.hidden = true;
    const isNew = button.dataset.passkey === "create";
    if (isNew && !form.reportValidity()) return;
    const options = JSON.parse(button.dataset.options);
    try {
      const credential = isNew
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements[button.dataset.field].value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      fault.hidden = false;
    }
  });
}
