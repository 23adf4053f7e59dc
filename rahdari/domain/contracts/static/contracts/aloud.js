// Reads a part of the page aloud with the voice of the device, in the language it is written in. A box with data-aloud names
// the element to read; every element with data-say inside it is one sentence. Nothing leaves the device. Where the device has no
// voice for the language the box says so; without speech at all it stays hidden.
(function () {
  'use strict'
  const speech = window.speechSynthesis
  if (!speech || !window.SpeechSynthesisUtterance) return
  const voiceFor = function (language) {
    return speech.getVoices().find(function (one) { return one.lang.toLowerCase().split(/[-_]/)[0] === language })
  }
  document.querySelectorAll('[data-aloud]').forEach(function (box) {
    const button = box.querySelector('button')
    const none = box.querySelector('[data-no-voice]')
    const words = { read: button.textContent, stop: button.dataset.stop }
    const told = document.getElementById(box.dataset.aloud)
    const language = (told.closest('[lang]') || document.documentElement).lang
    let reading = false
    const show = function (now) {
      reading = now
      button.textContent = now ? words.stop : words.read
      button.setAttribute('aria-pressed', String(now))
    }
    const next = function (lines) {
      const line = lines.shift()
      if (!reading || !line) return show(false)
      const said = new window.SpeechSynthesisUtterance(line.dataset.say || line.textContent)
      said.lang = language
      said.voice = voiceFor(language) || null
      line.setAttribute('data-reading', '')
      said.onend = said.onerror = function () {
        line.removeAttribute('data-reading')
        next(lines)
      }
      speech.speak(said)
    }
    const stop = function () {
      show(false)
      speech.cancel()
      told.querySelectorAll('[data-reading]').forEach(function (line) { line.removeAttribute('data-reading') })
    }
    button.addEventListener('click', function () {
      if (reading) return stop()
      none.hidden = Boolean(voiceFor(language))
      if (!none.hidden) return
      show(true)
      next(Array.from(told.querySelectorAll('[data-say]')))
    })
    window.addEventListener('pagehide', stop)
    box.hidden = false
  })
})()
