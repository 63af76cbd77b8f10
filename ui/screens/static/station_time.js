// Time of the simulated field, and the moments that it can go back to.

import { make, say } from './element.js'
import { number, time } from './format.js'
import { button, field, list, panel } from './station.js'

const SPEEDS = [0.1, 1, 2, 5, 10, 30, 60, 100]

export function timePanel(model, { drive }) {
  const { labels } = model
  const speed = make('input', { type: 'number', min: 0.1, max: 100, step: 'any', value: 1, 'aria-label': labels.Speed })
  const reached = make('span', { class: 'number' }), now = make('b')
  const buttons = [
    button(labels.Run, () => drive({ do: 'run' }), true), button(labels.Freeze, () => drive({ do: 'freeze' })),
    button(`${labels.Step} 10 s`, () => drive({ do: 'step', for: '10s' })),
    ...SPEEDS.map(value => button(`${value}×`, () => drive({ do: 'speed', speed: value }))),
    button(labels.Speed, () => speed.reportValidity() && drive({ do: 'speed', speed: Number(speed.value) })),
  ]
  const draw = may => {
    const { field } = model
    say(now, field.time_ms ? time(field.time_ms) : '—')
    say(reached, field.speed === 0 ? labels.frozen : `${field.speed ?? '—'}× · ${labels.reached} ${number(field.reached ?? null, 1)}×`)
    for (const element of [...buttons, speed]) element.disabled = !may
  }
  return { element: panel(labels.Time, make('p', { class: 'big' }, now, ' ', reached), make('div', { class: 'buttons' }, ...buttons, speed)), draw }
}

export function momentPanel(model, { drive }) {
  const { labels } = model
  const name = make('input', { type: 'text', maxlength: 64, pattern: '[A-Za-z0-9][A-Za-z0-9_\\-]*', 'aria-label': labels.Name })
  const save = button(labels.Save, () => { if (name.value && name.reportValidity()) drive({ do: 'save', name: name.value }) })
  const body = make('tbody')
  let may = false
  const row = ({ name, ago, run, is_ring }) => {
    const back = button(labels['Go back'], () => drive({ do: 'restore', name }))
    back.disabled = !may
    return make('tr', {}, make('td', {}, make('b', {}, is_ring ? labels.Ring : name)), make('td', { class: 'right' }, ago), make('td', { class: 'faint' }, run), make('td', { class: 'right' }, back))
  }
  const draw = can => {
    may = can
    save.disabled = name.disabled = !may
    const rows = (model.moments.moments ?? []).map(m => ({ name: m.name, run: m.run, is_ring: m.is_ring, may,
      ago: m.time_ms ? span((model.moments.time_ms - m.time_ms) / 1000) : '—' }))
    list(body, rows, row)
  }
  const table = make('div', { class: 'scrolled' }, make('table', { class: 'plain' }, body))
  return { element: panel(labels.Moments, make('div', { class: 'buttons' }, field(labels.Name, name), save), table), draw }
}

export function span(seconds) {
  const s = Math.max(0, Math.round(seconds)), pad = n => String(n).padStart(2, '0')
  return s < 3600 ? `${Math.floor(s / 60)}:${pad(s % 60)}` : `${Math.floor(s / 3600)}:${pad(Math.floor(s / 60) % 60)}:${pad(s % 60)}`
}
