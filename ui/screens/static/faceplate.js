// The faceplate: a row per measurement.

import { dress, make, say } from './element.js'
import { number } from './format.js'
import { gauge, isOut, TRUST } from './indicator.js'

const NAMES = ['Good', 'Uncertain', 'Bad', 'Stale', 'No data']

export function render({ model, view }) {
  dress(view)
  const rows = model.rows.map(row => row.states ? state(row) : measurement(row))
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

function state(row) {
  const word = make('span', { class: 'word' }), run = make('span', { class: 'run' })
  const element = make('div', { class: 'fact' }, make('span', { class: 'label' }, row.label), run, word)
  run.hidden = !row.tag.endsWith('.RunState')
  const show = (v, trust) => {
    say(word, v === null ? '—' : row.states[String(v)] ?? String(v))
    run.classList.toggle('on', v === 1 || v === 2)
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
