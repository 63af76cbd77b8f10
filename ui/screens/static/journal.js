// The alarm journal: a plain table, the newest first, to be searched and taken away as CSV.

import { dress, make, say } from './element.js'
import { moment } from './format.js'
import { shape } from './shape.js'

const COLUMNS = ['Time', 'Asset', 'Message', 'Value', 'Limit', 'State', 'Raised', 'Returned', 'Acknowledged', 'By', 'Comment']

export function render({ model, view }) {
  dress(view)
  const { labels } = model
  const body = make('tbody'), note = make('p', { class: 'faint' })
  const search = make('input', { type: 'search', placeholder: labels['Search history'], 'aria-label': labels['Search history'] })
  const save = make('button', { type: 'button' }, labels['Download CSV'])
  const head = make('tr', {}, make('th', { class: 'narrow' }, make('span', { class: 'unseen' }, labels.Priority)),
    ...COLUMNS.map(name => make('th', { class: ['Value', 'Limit'].includes(name) ? 'right' : null }, labels[name])))
  const shown = () => model.entries.filter(e => texts(e).join(' ').toLowerCase().includes(search.value.toLowerCase()))
  const draw = () => {
    body.replaceChildren(...shown().map(row))
    say(note, model.note)
  }
  search.addEventListener('input', draw)
  save.addEventListener('click', () => download(csv([[labels.Priority, ...COLUMNS.map(name => labels[name])], ...shown().map(record)])))
  model.on(['entries', 'note'], draw)
  draw()
  return make('div', { class: 'journal' }, make('div', { class: 'toolbar' }, search, make('span', { class: 'gap' }), save),
    make('table', { class: 'plain alarms past' }, make('thead', {}, head), body), note)
}

const texts = e => [moment(e.ms), e.asset, e.message, e.value, e.limit, e.state, moment(e.raised, e.ms), moment(e.returned, e.ms), moment(e.acknowledged, e.ms), e.by, e.comment]

function row(entry) {
  const cells = texts(entry).map((text, i) => make('td', { class: { 2: 'message', 3: 'number', 4: 'right', 10: 'remark' }[i] ?? null }, text))
  return make('tr', {}, make('td', {}, shape(entry.priority)), ...cells)
}

const iso = ms => ms === null ? '' : new Date(ms).toISOString()
const record = e => [e.priority, iso(e.ms), e.asset, e.message, e.value, e.limit, e.state, iso(e.raised), iso(e.returned), iso(e.acknowledged), e.by, e.comment]
// A text that a spreadsheet would take for a formula is kept one.
const cell = value => `"${String(value).replace(/^[=+@\t]/, "'$&").replaceAll('"', '""')}"`
const csv = rows => rows.map(cells => cells.map(cell).join(',')).join('\r\n')

function download(text) {
  const link = make('a', { href: URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' })), download: 'gemelo-alarms.csv' })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
