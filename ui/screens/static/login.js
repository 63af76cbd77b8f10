// The printed link: its code stands behind #, which is sent to nobody; it is shown once, for a cookie.

const code = location.hash.slice(1)
if (code) {
  history.replaceState(null, '', location.pathname)
  const answer = await fetch('/enter', { method: 'POST', body: new URLSearchParams({ code }) })
  if (answer.ok) location.replace('/')
  else document.getElementById('said').textContent = await answer.text()
}
