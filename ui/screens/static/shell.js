// The shell: alarm bar, badge, clock; and the watch over the connection itself.

import { dress, make, say } from './element.js'
import { date, time } from './format.js'
import { shape } from './shape.js'

const SIGN = 5 * 60_000 // ms between two signs that somebody is still before the screen: an idle session ends
const PATIENCE = 6000 // ms without a tick after which values are no longer live

export function render({ model, view }) {
  dress(view)
  watch(model)
  stay()
  const counts = make('div', { class: 'counts', role: 'status' })
  const top = make('a', { class: 'top', href: '/alarms' })
  const draw = () => {
    const [tally, alarm] = model.alarms
    counts.replaceChildren(...tally.map(([priority, all, open]) => count(priority, all, open, model.labels)))
    top.classList.toggle('unacknowledged', Boolean(alarm && alarm.open))
    top.replaceChildren(...(alarm ? describe(alarm) : [make('span', { class: 'faint' }, model.labels['No active alarms'])]))
  }
  model.on('alarms', draw)
  draw()
  const notice = make('div', { class: 'notice', role: 'status' })
  const tell = () => say(notice, model.notice)
  model.on('notice', tell)
  tell()
  return make('div', {}, make('section', { class: 'alarm-bar', 'aria-label': model.labels.Alarms }, counts, top,
    make('a', { class: 'all', href: '/alarms' }, model.labels['All alarms'])), notice)
}

function count(priority, all, open, labels) {
  const element = make('span', { class: `count${all ? '' : ' none'}${open ? ' unacknowledged' : ''}`,
    'aria-label': `${labels.Priority} ${priority}: ${all}, ${labels.Unacknowledged}: ${open}` }, shape(priority), make('b', {}, String(all)))
  if (open) element.append(make('small', {}, `(${open})`))
  return element
}

function describe(alarm) {
  return [shape(alarm.priority), make('b', {}, alarm.asset), make('span', { class: 'message' }, alarm.message), make('span', { class: 'number' }, alarm.value),
    make('span', { class: 'faint' }, `${date(alarm.ms)} ${time(alarm.ms)}`)]
}

function stay() {
  let signed = 0
  const sign = () => {
    if (Date.now() - signed < SIGN) return
    signed = Date.now()
    fetch('/here', { method: 'POST' }).catch(() => {})
  }
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, sign, { passive: true })
}

// A page whose server has gone must say so: old values that look live are worse than none.
function watch(model) {
  const clock = document.getElementById('clock'), speed = document.getElementById('speed')
  const banner = make('div', { class: 'lost', role: 'alert', hidden: '' }, model.labels['Connection lost: values are not live'])
  document.body.append(banner)
  let heard = performance.now(), lost = false
  const hear = () => {
    heard = performance.now()
    const [ms, rate] = model.clock
    say(clock, `${date(ms)} ${time(ms)}`)
    say(speed, rate)
  }
  model.on('clock', hear)
  hear()
  setInterval(async () => {
    lost = lost || performance.now() - heard > PATIENCE
    banner.hidden = !lost
    document.body.classList.toggle('lost-connection', lost)
    if (lost && await answers()) location.reload()
  }, 1000)
}

async function answers() {
  try { return (await fetch('/health', { cache: 'no-store' })).ok } catch { return false }
}
