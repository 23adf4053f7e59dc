// Checks a paper in the browser, with the keys that stand in the page; nothing is sent.
// What `read_against` in exchange/rules/papers.py answers, this answers too, by the same names.
// A browser without Ed25519 sends the form, and the server answers.
(function () {
  'use strict'
  const form = document.getElementById('paper-form')
  const place = document.getElementById('paper-answer')
  const told = function (id) { return JSON.parse(document.getElementById(id).textContent) }
  const keys = told('paper-keys')
  const words = told('paper-words')
  const kinds = told('paper-kinds')
  const language = document.documentElement.lang
  const LONGEST = 1000

  function bytes (text) {
    if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new Error('malformed')
    const raw = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
    const found = Uint8Array.from(raw, function (letter) { return letter.charCodeAt(0) })
    if (btoa(raw).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '') !== text) throw new Error('malformed')
    return found
  }

  function content (text) {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes(text)))
  }

  function isDay (text) {
    return typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && new Date(text + 'T00:00:00Z').toISOString().slice(0, 10) === text
  }

  // The paper in a token, or an error: the same form as `read_paper` asks for.
  function read (token) {
    const parts = token.split('.')
    if (token.length > LONGEST || parts.length !== 3) throw new Error('malformed')
    const header = content(parts[0])
    const paper = content(parts[1])
    const fits = Object.keys(header).sort().join() === 'alg,kid,typ' && header.alg === 'EdDSA' && header.typ === 'rahdari-paper+jwt'
    const says = paper.spec === 1 && /^[a-z]{2}$/.test(paper.node) && /^[a-z][a-z_]{0,30}$/.test(paper.kind)
    const when = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(paper.issued_at) && !isNaN(Date.parse(paper.issued_at))
    const facts = paper.facts !== null && typeof paper.facts === 'object' && !Array.isArray(paper.facts)
    if (!fits || !says || !when || !facts || !(paper.until === null || isDay(paper.until))) throw new Error('malformed')
    return { paper: paper, kid: header.kid, signed: new TextEncoder().encode(parts[0] + '.' + parts[1]), signature: bytes(parts[2]) }
  }

  async function check (token) {
    let found
    try { found = read(token) } catch (error) { return { outcome: 'malformed' } }
    const key = keys.find(function (one) { return one.kid === found.kid && one.node === found.paper.node })
    if (!key) return { outcome: 'key_unknown' }
    const held = await crypto.subtle.importKey('raw', bytes(key.x), { name: 'Ed25519' }, false, ['verify'])
    if (!(await crypto.subtle.verify({ name: 'Ed25519' }, held, found.signature, found.signed))) return { outcome: 'signature' }
    const said = Math.floor(Date.parse(found.paper.issued_at) / 1000)
    if (said < key.nbf || said >= key.exp) return { outcome: 'key_out_of_validity' }
    return { outcome: kinds.includes(found.paper.kind) ? 'genuine' : 'kind_unknown', paper: found.paper }
  }

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
      number: facts.number,
      state: words.states[facts.state],
      since: isDay(facts.since) ? day(facts.since) : '',
      last_day: last ? day(last) : '',
      form: facts.form,
      sha256: facts.sha256,
      node: words.nodes[paper.node] || paper.node,
      issued_at: day(paper.issued_at, { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })
    }
    const labels = Object.assign({}, words.labels, paper.kind === 'certificate' ? words.certificates : {})
    return Object.keys(labels).map(function (name) { return [labels[name], [].concat(values[name]).filter(Boolean)] }).filter(function (row) { return row[1].length })
  }

  function show (result) {
    const answer = document.querySelector('template[data-outcome="' + result.outcome + '"]').content.cloneNode(true)
    place.replaceChildren(answer)
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
    if (result.paper.facts.number) {
      const way = document.querySelector('template[data-look-up="' + result.paper.kind + '"]').content.cloneNode(true)
      const link = way.querySelector('a')
      link.href += '?' + link.dataset.name + '=' + encodeURIComponent(result.paper.facts.number)
      place.append(way)
    }
  }

  async function say (typed) {
    const token = typed.replace(/\s+/g, '').split('#').pop()
    form.elements.paper.value = token
    show(await check(token))
    place.scrollIntoView({ block: 'nearest' })
  }

  async function can () {
    try {
      await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify'])
      return true
    } catch (error) { return false }
  }

  function photograph () {
    const field = document.querySelector('[data-photo]')
    if (!('BarcodeDetector' in window)) return
    field.hidden = false
    field.querySelector('input').addEventListener('change', async function (event) {
      const file = event.target.files[0]
      if (!file) return
      let codes = []
      try { codes = await new window.BarcodeDetector({ formats: ['qr_code'] }).detect(await createImageBitmap(file)) } catch (error) { codes = [] }
      if (codes.length) say(codes[0].rawValue)
      else show({ outcome: 'malformed' })
    })
  }

  can().then(function (able) {
    const here = function () { return decodeURIComponent(location.hash.slice(1)) }
    if (!able) {
      if (here() && !place.hasAttribute('data-said')) { form.elements.paper.value = here(); form.requestSubmit() }
      return
    }
    form.querySelector('[data-offline]').hidden = false
    form.addEventListener('submit', function (event) {
      event.preventDefault()
      say(form.elements.paper.value)
    })
    window.addEventListener('hashchange', function () { if (here()) say(here()) })
    photograph()
    if (here()) say(here())
  })
  if ('serviceWorker' in navigator) navigator.serviceWorker.register('worker.js').catch(function () {})
})()
