// Reads papers and judges passes, with keys and lists at hand; asks nobody.
// What `read_against` (exchange/rules/papers.py) and `check_pass` (departures/rules/passes.py) answer, this answers too, by the
// same names. Where the browser has no Ed25519 of its own, the one beside this file does it.
window.rahdariReading = (function () {
  'use strict'
  const LONGEST = 1000
  const LONGEST_LIST = 1048576
  const TAIL = 4
  const HOURS = { pk: 5, jp: 9 }
  const PASSES = ['clearance_pass', 'clearance_slip']
  const FINDINGS = ['revoked', 'expired', 'not_yet_valid', 'other_person', 'no_list', 'list_too_old', 'blank_slip', 'good']
  const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
  const RANGES = /^[1-9]\d{0,8}(-[1-9]\d{0,8})?(,[1-9]\d{0,8}(-[1-9]\d{0,8})?)*$/
  let fallback = ''

  function bytes (text) {
    if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new Error('malformed')
    const raw = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
    const found = Uint8Array.from(raw, function (letter) { return letter.charCodeAt(0) })
    if (encode(found) !== text) throw new Error('malformed')
    return found
  }

  function encode (raw) {
    const letters = Array.from(raw, function (one) { return String.fromCharCode(one) })
    return btoa(letters.join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  }

  function content (text) {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes(text)))
  }

  function isDay (text) {
    return typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(Date.parse(text + 'T00:00:00Z')) && new Date(text + 'T00:00:00Z').toISOString().slice(0, 10) === text
  }

  function isMoment (text) { return typeof text === 'string' && MOMENT.test(text) && !isNaN(Date.parse(text)) }

  function isObject (value) { return value !== null && typeof value === 'object' && !Array.isArray(value) }

  // The content of a signed token of a type, with what was signed; an error for anything else.
  function split (token, typ, longest) {
    const parts = token.split('.')
    if (token.length > longest || parts.length !== 3) throw new Error('malformed')
    const header = content(parts[0])
    const told = content(parts[1])
    const fits = Object.keys(header).sort().join() === 'alg,kid,typ' && header.alg === 'EdDSA' && header.typ === typ
    if (!fits || !isObject(told) || told.spec !== 1 || !/^[a-z]{2}$/.test(told.node) || !isMoment(told.issued_at)) throw new Error('malformed')
    return { told: told, kid: header.kid, signed: new TextEncoder().encode(parts[0] + '.' + parts[1]), signature: bytes(parts[2]) }
  }

  function readPaper (token) {
    const found = split(token, 'rahdari-paper+jwt', LONGEST)
    const paper = found.told
    if (!/^[a-z][a-z_]{0,30}$/.test(paper.kind) || !isObject(paper.facts) || !(paper.until === null || isDay(paper.until))) throw new Error('malformed')
    return found
  }

  function keyOf (found, keys) {
    return keys.find(function (one) { return one.kid === found.kid && one.node === found.told.node })
  }

  function counts (key, moment) {
    const said = Math.floor(Date.parse(moment) / 1000)
    return said >= key.nbf && said < key.exp
  }

  async function verify (key, signature, signed) {
    if (signature.length !== 64) return false
    try {
      const held = await crypto.subtle.importKey('raw', bytes(key.x), { name: 'Ed25519' }, false, ['verify'])
      return await crypto.subtle.verify({ name: 'Ed25519' }, held, signature, signed)
    } catch (error) {
      const noble = await import(fallback)
      return noble.verifyAsync(signature, signed, bytes(key.x), { zip215: false })
    }
  }

  // Whether a paper can be checked here at all: by the browser itself, or by the file beside this one.
  async function able (place) {
    fallback = place
    try {
      await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify'])
      return true
    } catch (error) {
      try { await crypto.subtle.digest('SHA-512', new Uint8Array(1)); await import(fallback); return true } catch (none) { return false }
    }
  }

  async function check (token, keys) {
    let found
    try { found = readPaper(token) } catch (error) { return { outcome: 'malformed' } }
    const key = keyOf(found, keys)
    if (!key) return { outcome: 'key_unknown' }
    if (!(await verify(key, found.signature, found.signed))) return { outcome: 'signature' }
    if (!counts(key, found.told.issued_at)) return { outcome: 'key_out_of_validity' }
    return { outcome: 'genuine', paper: found.told }
  }

  function readRanges (revoked) {
    if (!isObject(revoked)) throw new Error('malformed')
    const found = []
    Object.keys(revoked).forEach(function (day) {
      if (!isDay(day) || !RANGES.test(revoked[day])) throw new Error('malformed')
      revoked[day].split(',').forEach(function (part) {
        const ends = part.split('-').map(Number)
        found.push([ends[0], ends[ends.length - 1], day])
      })
    })
    found.sort(function (one, other) { return one[0] - other[0] })
    found.reduce(function (before, one) {
      if (one[0] <= before || one[1] < one[0]) throw new Error('malformed')
      return one[1]
    }, 0)
    return found
  }

  // The list of revoked passes in a token, or null unless one of the keys signed it while it counted.
  async function readList (token, keys) {
    try {
      const found = split(token, 'rahdari-revocations+jwt', LONGEST_LIST)
      const key = keyOf(found, keys)
      if (!isMoment(found.told.next_update) || !key || !counts(key, found.told.issued_at)) return null
      const ranges = readRanges(found.told.revoked)
      if (!(await verify(key, found.signature, found.signed))) return null
      return { node: found.told.node, ranges: ranges, at: Date.parse(found.told.issued_at), next: Date.parse(found.told.next_update) }
    } catch (error) { return null }
  }

  function since (list, serial) {
    const found = list.ranges.find(function (one) { return one[0] <= serial && serial <= one[1] })
    return found ? found[2] : ''
  }

  function digit (letter) {
    let zero = letter.codePointAt(0)
    let steps = 0
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && steps < 100) { zero -= 1; steps += 1 }
    return String(steps % 10)
  }

  function plainNumber (text) {
    return text.normalize('NFKC').toUpperCase().replace(/\p{Nd}/gu, digit).replace(/[^0-9A-Z]/g, '')
  }

  // As it is printed: seven digits, a dash, a check digit (ISO 7064, MOD 11,10).
  function writeSerial (serial) {
    const digits = String(serial).padStart(7, '0')
    const rest = Array.from(digits).reduce(function (held, one) { return ((Number(one) + held) % 10 || 10) * 2 % 11 }, 10)
    return digits + '-' + String((11 - rest) % 10)
  }

  function compare (facts, shown) {
    const typed = plainNumber(shown.passport || '')
    const pairs = { passport: [facts.passport, typed.slice(-TAIL)], born: [facts.born, shown.born], photo: [facts.photo, shown.photo] }
    const both = Object.keys(pairs).filter(function (name) { return pairs[name][0] && pairs[name][1] })
    return { compared: both, differ: both.filter(function (name) { return String(pairs[name][0]) !== pairs[name][1] }) }
  }

  // What is to be said of a genuine paper as a pass; a clock behind the list or the pass is set by them.
  function judge (paper, lists, shown, clock) {
    const whole = Number.isInteger(paper.facts.serial) && paper.until !== null && isDay(paper.facts.from)
    if (!PASSES.includes(paper.kind) || !whole) return { findings: ['not_a_pass'], compared: [], differ: [] }
    const mine = lists.filter(function (one) { return one.node === paper.node }).sort(function (one, other) { return other.at - one.at })
    const list = mine[0] || null
    const at = Math.max(clock, Date.parse(paper.issued_at), list ? list.at : 0)
    const today = new Date(at + (HOURS[paper.node] || 0) * 3600000).toISOString().slice(0, 10)
    const seen = compare(paper.facts, shown)
    const revoked = list ? since(list, paper.facts.serial) : ''
    const found = {
      revoked: Boolean(revoked),
      expired: today >= paper.until,
      not_yet_valid: today < paper.facts.from,
      other_person: seen.differ.length > 0,
      no_list: !list,
      list_too_old: Boolean(list) && at >= list.next,
      blank_slip: paper.kind === 'clearance_slip',
      good: paper.kind === 'clearance_pass'
    }
    const all = FINDINGS.filter(function (name) { return found[name] })
    const findings = all[0] === 'good' ? all : all.filter(function (name) { return name !== 'good' })
    return { findings: findings, compared: seen.compared, differ: seen.differ, revoked_on: revoked, list: list }
  }

  return { able: able, check: check, isDay: isDay, judge: judge, passes: PASSES, readList: readList, writeSerial: writeSerial }
})()
