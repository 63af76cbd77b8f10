// The faceplate: a row per measurement.

import { dress, make, say } from './element.js'
import { number } from './format.js'
import { gauge, isKnown, isOut, NAMES, runMark, TRUST } from './indicator.js'

export function render({ model, view }) {
  dress(view)
  const rows = model.rows.map(row => row.states ? state(row, model.labels) : measurement(row))
  const draw = () => {
    const [values, trust] = model.tick
    rows.forEach((row, i) => {
      row.show(values[i], trust[i])
      row.element.title = `${row.title}: ${model.labels[NAMES[trust[i]]]}`
    })
  }
  model.on('tick', draw)
  draw()
  return make('div', { class: 'faceplate' }, ...rows.map(row => row.element))
}

function state(row, labels) {
  const word = make('span', { class: 'word' }), run = make('span', { class: 'run' })
  const element = make('div', { class: 'fact' }, make('span', { class: 'label' }, row.label), run, word)
  run.hidden = !row.tag.endsWith('.RunState')
  const show = (v, trust) => {
    const known = isKnown(trust) ? v : null
    say(word, known === null ? labels.Unknown : row.states[String(known)] ?? String(known))
    runMark(run, known)
    element.className = `fact ${TRUST[trust]}`
  }
  return { element, show, title: row.title }
}

function measurement(row) {
  const value = make('span', { class: 'number' }), { element: bar, point } = gauge(row)
  const element = make('div', { class: 'fact' }, make('span', { class: 'label' }, row.label), bar,
    make('span', { class: 'reading' }, value, ' ', make('span', { class: 'unit' }, row.unit)))
  const show = (v, trust) => {
    say(value, number(v, row.digits))
    point(v)
    element.className = `fact ${TRUST[trust]}${isOut(row, v) ? ' out' : ''}`
  }
  return { element, show, title: row.title }
}
