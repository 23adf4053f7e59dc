// The page that checks papers in the browser, with the keys and the list of revoked passes it holds; nothing is sent.
// How a paper is read stands in reading.js. A browser that cannot do it sends the form, and the server answers.
(function () {
  'use strict'
  const form = document.getElementById('paper-form')
  const place = document.getElementById('paper-answer')
  const told = function (id) { return JSON.parse(document.getElementById(id).textContent) }
  const keys = told('paper-keys')
  const words = told('paper-words')
  const kinds = told('paper-kinds')
  const reading = window.rahdariReading
  const isDay = reading.isDay
  const language = document.documentElement.lang
  const FRESH = 600000
  const lists = []
  let asked = 0
  let present = null

  function day (text, options) {
    const moment = new Date(text.length === 10 ? text + 'T00:00:00Z' : text)
    return new Intl.DateTimeFormat({ en: 'en-GB', ur: 'ur-PK-u-nu-latn', ja: 'ja-JP' }[language] || 'en-GB', options || { dateStyle: 'long', timeZone: 'UTC' }).format(moment)
  }

  function rows (paper) {
    const facts = paper.facts
    const last = paper.until ? new Date(Date.parse(paper.until + 'T00:00:00Z') - 86400000).toISOString().slice(0, 10) : ''
    const values = {
      names: Array.isArray(facts.names) ? facts.names : [],
      born: isDay(facts.born) ? day(facts.born) : '',
      exam: words.codes[facts.exam] || facts.exam,
      field: words.codes[facts.field] || facts.field,
      level: facts.level,
      sat_on: isDay(facts.sat_on) ? day(facts.sat_on) : '',
      passport: facts.passport ? '…' + facts.passport : '',
      number: facts.number,
      registration: facts.registration,
      employer: facts.employer,
      route: words.routes[facts.route] || facts.route,
      office: facts.office,
      serial: Number.isInteger(facts.serial) ? reading.writeSerial(facts.serial) : '',
      from: isDay(facts.from) ? day(facts.from) : '',
      state: words.states[facts.state],
      since: isDay(facts.since) ? day(facts.since) : '',
      last_day: last ? day(last) : '',
      form: facts.form,
      sha256: facts.sha256,
      node: words.nodes[paper.node] || paper.node,
      issued_at: day(paper.issued_at, { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })
    }
    const labels = Object.assign({}, words.labels, { certificate: words.certificates, clearance_pass: words.passes, clearance_slip: words.passes }[paper.kind] || {})
    return Object.keys(labels).map(function (name) { return [labels[name], [].concat(values[name]).filter(Boolean)] }).filter(function (row) { return row[1].length })
  }

  function part (name) { return document.querySelector('template[data-outcome="' + name + '"]').content.cloneNode(true) }

  // What stands above the facts: for a pass each finding, whom it was compared with, and how old the list is.
  function said (result) {
    if (!result.pass) return [part(result.outcome)]
    const seen = result.pass
    const alerts = seen.findings.map(function (name) { return part('pass_' + name) })
    alerts.push(part(seen.compared.length ? 'pass_compared' : 'pass_compare'))
    if (seen.list) {
      const age = part('pass_list')
      age.querySelector('[data-at]').textContent = moment(seen.list.at)
      age.querySelector('[data-next]').textContent = moment(seen.list.next)
      alerts.push(age)
    }
    return alerts
  }

  function moment (at) {
    return day(new Date(at).toISOString(), { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })
  }

  function show (result) {
    place.replaceChildren.apply(place, said(result))
    if (result.outcome !== 'genuine') return
    const list = document.createElement('dl')
    list.className = 'facts'
    rows(result.paper).forEach(function (row) {
      const label = document.createElement('dt')
      const value = document.createElement('dd')
      label.textContent = row[0]
      row[1].forEach(function (text, number) {
        const inside = document.createElement('span')
        inside.dir = 'auto'
        inside.textContent = String(text)
        if (number) value.append(document.createElement('br'))
        value.append(inside)
      })
      list.append(label, value)
    })
    place.append(list)
    const looked = result.paper.facts.number && document.querySelector('template[data-look-up="' + result.paper.kind + '"]')
    if (looked) {
      const way = looked.content.cloneNode(true)
      const link = way.querySelector('a')
      link.href += '?' + link.dataset.name + '=' + encodeURIComponent(result.paper.facts.number)
      place.append(way)
    }
  }

  async function keep (tokens) {
    for (const token of tokens) {
      const list = await reading.readList(token, keys)
      if (list) lists.push(list)
    }
  }

  // While there is a network the newest list is asked for; without one, the one of the last visit counts.
  async function renew () {
    if (!navigator.onLine || Date.now() - asked < FRESH) return false
    try {
      const answer = await fetch(form.dataset.kit, { signal: AbortSignal.timeout(4000), credentials: 'omit' })
      if (!answer.ok) return false
      await keep((await answer.json()).lists)
      asked = Date.now()
      return true
    } catch (error) { return false }
  }

  function shown () {
    return { passport: form.elements.passport.value, born: form.elements.born.value }
  }

  async function answer () {
    if (present.outcome !== 'genuine' || !reading.passes.includes(present.paper.kind)) {
      const known = present.outcome !== 'genuine' || kinds.includes(present.paper.kind)
      show(known ? present : { outcome: 'kind_unknown' })
      return
    }
    form.querySelector('[data-compare]').open = true
    show(Object.assign({ pass: reading.judge(present.paper, lists, shown(), Date.now()) }, present))
  }

  async function say (typed) {
    const token = typed.replace(/\s+/g, '').split('#').pop()
    form.elements.paper.value = token
    present = await reading.check(token, keys)
    await answer()
    place.scrollIntoView({ block: 'nearest' })
    if (await renew()) await answer()
  }

  async function codes (picture) {
    try { return await new window.BarcodeDetector({ formats: ['qr_code'] }).detect(picture) } catch (error) { return [] }
  }

  function photograph () {
    const field = document.querySelector('[data-photo]')
    if (!('BarcodeDetector' in window)) return
    field.hidden = false
    field.querySelector('input').addEventListener('change', async function (event) {
      const file = event.target.files[0]
      if (!file) return
      const found = await codes(await createImageBitmap(file))
      if (found.length) say(found[0].rawValue)
      else show({ outcome: 'malformed' })
    })
  }

  // The camera looks until it sees a code, or somebody ends it.
  function film () {
    const field = document.querySelector('[data-camera]')
    if (!('BarcodeDetector' in window) || !navigator.mediaDevices) return
    const video = field.querySelector('video')
    const button = field.querySelector('button')
    let stream = null
    function end () {
      if (stream) stream.getTracks().forEach(function (track) { track.stop() })
      stream = null
      video.hidden = true
    }
    async function look () {
      if (!stream) return
      const found = await codes(video)
      if (found.length) { end(); say(found[0].rawValue) } else setTimeout(look, 200)
    }
    field.hidden = false
    button.addEventListener('click', async function () {
      if (stream) { end(); return }
      try { stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }) } catch (error) { field.hidden = true; return }
      video.srcObject = stream
      video.hidden = false
      await video.play()
      look()
    })
  }

  reading.able(form.dataset.fallback).then(async function (able) {
    const here = function () { return decodeURIComponent(location.hash.slice(1)) }
    if (!able) {
      if (here() && !place.hasAttribute('data-said')) { form.elements.paper.value = here(); form.requestSubmit() }
      return
    }
    await keep(told('paper-lists'))
    form.querySelector('[data-offline]').hidden = false
    form.addEventListener('submit', function (event) {
      event.preventDefault()
      say(form.elements.paper.value)
    })
    form.querySelector('[data-compare]').addEventListener('input', function () { if (present) answer() })
    window.addEventListener('hashchange', function () { if (here()) say(here()) })
    photograph()
    film()
    if (here()) say(here())
  })
  if ('serviceWorker' in navigator) navigator.serviceWorker.register('worker.js').catch(function () {})
})()
