// The alarm journal: a plain table, the newest first.

import { dress, make, say } from './element.js'
import { date, time } from './format.js'
import { shape } from './shape.js'

export function render({ model, view }) {
  dress(view)
  const { labels } = model
  const body = make('tbody'), note = make('p', { class: 'faint' })
  const heads = [labels.Time, labels.Asset, labels.Message, labels.Value, labels.State, labels.By, labels.Comment]
  const head = make('tr', {}, make('th', { class: 'narrow' }, make('span', { class: 'unseen' }, labels.Priority)),
    ...heads.map(text => make('th', { class: text === labels.Value ? 'right' : null }, text)))
  const draw = () => {
    body.replaceChildren(...model.entries.map(row))
    say(note, model.note)
  }
  model.on(['entries', 'note'], draw)
  draw()
  return make('div', { class: 'journal' }, make('table', { class: 'plain alarms past' }, make('thead', {}, head), body), note)
}

function row(entry) {
  return make('tr', {}, make('td', {}, shape(entry.priority)), make('td', { class: 'faint' }, `${date(entry.ms)} ${time(entry.ms)}`),
    make('td', {}, make('b', {}, entry.asset)), make('td', { class: 'message' }, entry.message), make('td', { class: 'number' }, entry.value),
    make('td', {}, entry.state), make('td', {}, entry.by), make('td', {}, entry.comment))
}
