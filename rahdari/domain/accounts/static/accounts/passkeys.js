// Passkeys: shows what needs this script, asks the authenticator, sends its answer with the form.
// A form with data-passkey="get" or "create" carries its question in a JSON element (data-question)
// or asks for it at data-ask. Needs mfa/js/webauthn-json.js before it.
(function () {
  'use strict'
  if (!window.PublicKeyCredential || !window.webauthnJSON) return
  document.querySelectorAll('form[data-passkey]').forEach(function (form) {
    form.hidden = false
    const failed = form.querySelector('[data-failed]')
    form.addEventListener('submit', async function (event) {
      if (form.elements.credential.value) return
      event.preventDefault()
      try {
        const question = form.dataset.ask
          ? (await (await fetch(form.dataset.ask, { headers: { Accept: 'application/json' } })).json()).request_options
          : JSON.parse(document.getElementById(form.dataset.question).textContent)
        const answer = await window.webauthnJSON[form.dataset.passkey](question)
        form.elements.credential.value = JSON.stringify(answer)
        form.submit()
      } catch (error) {
        if (failed) failed.hidden = false
      }
    })
  })
})()
