// The trainer's station: time, moments, malfunctions, the drill, and truth beside what is measured.

import { dress, make, say } from './element.js'
import { number } from './format.js'
import { drillPanel } from './station_drill.js'
import { faultPanel } from './station_fault.js'
import { momentPanel, timePanel } from './station_time.js'

export function render({ model, view }) {
  dress(view)
  const { labels } = model
  const said = make('div', { class: 'answer', role: 'status' }), holder = make('div', { class: 'holder' })
  const waiting = new Map()
  let last = 0
  const ask = (verb, what, then = null) => {
    last += 1
    waiting.set(last, then)
    say(said, '…')
    model.send_msg({ id: last, do: verb, what })
  }
  model.on('msg:custom', answer => {
    say(said, answer.text)
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  const drive = request => ask('drive', { request })
  const panels = [timePanel, momentPanel, drillPanel, faultPanel, truthPanel].map(panel => panel(model, { ask, drive }))
  const draw = () => {
    const other = model.drill.holder && model.drill.holder !== model.user ? model.drill.holder : ''
    say(holder, other ? `${labels['You watch: driven by']} ${other}` : model.field.trouble ?? '')
    panels.forEach(panel => panel.draw(model.may && !other))
  }
  model.on(['field', 'drill', 'moments', 'catalogue', 'beside', 'rows'], draw)
  draw()
  const leave = make('button', { type: 'button' }, labels['Leave the field'])
  leave.addEventListener('click', () => ask('leave', {}))
  return make('div', { class: 'station' }, make('div', { class: 'station-top' }, holder, said, leave), make('div', { class: 'station-grid' },
    ...panels.map(panel => panel.element)))
}

export function panel(title, ...children) {
  return make('section', { class: 'panel' }, make('h2', {}, title), make('div', { class: 'body' }, ...children))
}

export function button(text, act, strong = false) {
  const element = make('button', { type: 'button', class: strong ? 'strong' : null }, text)
  element.addEventListener('click', act)
  return element
}

export function field(label, input) {
  return make('label', { class: 'entry' }, make('span', { class: 'faint' }, label), input)
}

// Rows are only drawn anew where something in them differs, so that what is being chosen in them stays.
export function list(element, rows, draw) {
  const key = JSON.stringify(rows)
  if (element.dataset.key === key) return
  element.dataset.key = key
  element.replaceChildren(...rows.map(draw))
}

function truthPanel(model) {
  const { labels } = model
  const which = make('select', { 'aria-label': labels.Where }, ...model.wells.map(well => make('option', { value: well }, well.replace('Well.', ''))))
  which.addEventListener('change', () => model.send_msg({ show: which.value }))
  const body = make('tbody')
  const head = make('tr', {}, ...[labels.Tag, labels.Measured, labels.Truth, labels.Difference].map((text, i) => make('th', { class: i ? 'right' : null }, text)))
  const draw = () => body.replaceChildren(...model.rows.map((row, i) => {
    const [measured, truth] = model.beside[i] ?? [null, null]
    const gap = measured === null || truth === null ? null : measured - truth
    return make('tr', {}, make('td', { title: row.tag }, row.label, ' ', make('span', { class: 'unit' }, row.unit)), make('td', { class: 'number' }, number(measured, row.digits)),
      make('td', { class: 'right truth' }, number(truth, row.digits)), make('td', { class: 'right faint' }, number(gap, row.digits)))
  }))
  return { element: panel(labels.Truth, which, make('table', { class: 'plain' }, make('thead', {}, head), body)), draw }
}
