// Keeps the page that checks papers, and what it needs, for when there is no network.
'use strict'
const SHELF = 'rahdari-paper-{{ edition }}'
const PAGE = '{{ page|escapejs }}'
const KIT = '{{ kit|escapejs }}'
const FILES = [{% for one in files %}'{{ one|escapejs }}'{% if not forloop.last %}, {% endif %}{% endfor %}]

self.addEventListener('install', function (event) {
  event.waitUntil(caches.open(SHELF).then(function (shelf) { return shelf.addAll([PAGE, KIT].concat(FILES)) }).then(function () { return self.skipWaiting() }))
})

self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name.startsWith('rahdari-paper-') && name !== SHELF }).map(function (name) { return caches.delete(name) }))
  }).then(function () { return self.clients.claim() }))
})

// The page and the list of revoked passes are asked for anew while there is a network, so that both are of today; its files never change under their names.
self.addEventListener('fetch', function (event) {
  const path = new URL(event.request.url).pathname
  if (event.request.method !== 'GET') return
  if (path === PAGE || path === KIT) {
    const kept = function () { return caches.match(path, { ignoreVary: true, ignoreSearch: true }) }
    const fresh = fetch(event.request).then(function (answer) {
      if (answer.ok) { const copy = answer.clone(); caches.open(SHELF).then(function (shelf) { shelf.put(path, copy) }) }
      return answer
    }).catch(kept)
    // A network that is there and brings nothing is none.
    const late = new Promise(function (resolve) {
      setTimeout(function () { kept().then(function (found) { if (found) resolve(found) }) }, 5000)
    })
    event.respondWith(Promise.race([fresh, late]))
  } else if (FILES.includes(path)) {
    event.respondWith(caches.match(path, { ignoreVary: true }).then(function (kept) { return kept || fetch(event.request) }))
  }
})
