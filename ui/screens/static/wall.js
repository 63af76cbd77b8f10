// The tile wall: one component for any number of assets; one short message a tick moves all of them.

import { dress, make, say } from './element.js'
import { number } from './format.js'
import { gauge, isKnown, isOut, NAMES, runMark, TRUST } from './indicator.js'
import { shape } from './shape.js'

const SVG = 'http://www.w3.org/2000/svg'

export function render({ model, view }) {
  dress(view)
  const tiles = model.meta.map((meta, i) => tile(meta, model.labels, model.recent[i]))
  const draw = () => model.tick[1].forEach((state, i) => tiles[i].show(state, model.tick[0]))
  model.on('tick', draw)
  draw()
  return make('div', { class: `tiles ${model.kind}${tiles.length <= 18 ? ' few' : ''}` }, ...tiles.map(t => t.element))
}

function tile(meta, labels, recent) {
  const run = make('span', { class: 'run', hidden: meta.states ? null : '' })
  const state = make('span', { class: 'state' })
  const slot = make('span', { class: 'slot' })
  const [main, ...rest] = meta.rows
  const lead = leading(main, recent)
  const rows = rest.map(line)
  const element = make(meta.href ? 'a' : 'div', { class: 'tile', href: meta.href, id: meta.name },
    make('div', { class: 'head' }, run, make('span', { class: 'name' }, meta.name), state, slot),
    lead.element, ...rows.map(r => r.element))
  run.hidden = !meta.states
  let shown = ''
  const show = ([running, priority, unacknowledged, values, trust], moment) => {
    lead.show(values[0], trust[0], moment)
    rows.forEach((row, k) => row.show(values[k + 1], trust[k + 1]))
    runMark(run, running)
    const word = meta.states ? meta.states[running] ?? labels.Unknown : meta.title
    say(state, word)
    if (shown !== `${priority}${unacknowledged}`) {
      shown = `${priority}${unacknowledged}`
      slot.replaceChildren(...(priority ? [shape(priority, Boolean(unacknowledged))] : []))
    }
    const alarm = priority ? `${labels.Priority} ${priority}` : labels.Normal
    const read = isKnown(trust[0]) ? `${number(values[0], main.digits)} ${main.unit}` : labels[NAMES[trust[0]]]
    element.setAttribute('aria-label', `${meta.name}, ${word}, ${main.label} ${read}, ${alarm}`)
  }
  return { element, show }
}

function leading(row, recent) {
  const value = make('span', { class: 'number' })
  const line = document.createElementNS(SVG, 'polyline')
  const spark = document.createElementNS(SVG, 'svg')
  spark.setAttribute('class', 'spark')
  spark.setAttribute('viewBox', '0 0 100 26')
  spark.setAttribute('preserveAspectRatio', 'none')
  spark.setAttribute('aria-hidden', 'true')
  spark.append(line)
  const { element: bar, point } = gauge(row)
  const element = make('div', { class: 'main', title: row.title }, value, make('span', { class: 'unit' }, row.unit), spark, bar)
  const points = [...recent]
  let last = null
  const show = (v, trust, moment) => {
    say(value, number(v, row.digits))
    point(v)
    element.className = `main ${TRUST[trust]}${isOut(row, v) ? ' out' : ''}`
    const known = isKnown(trust) ? v : null
    if (last !== null && moment !== last) { points.push(known); points.shift() } else points[points.length - 1] = known
    last = moment
    line.setAttribute('points', trace(points, row))
  }
  return { element, show }
}

// A sparkline's scale opens with its own movement, but not below a twentieth of the row's: noise must look like noise.
function trace(points, row) {
  const known = points.filter(v => v !== null)
  if (!known.length) return ''
  const least = (row.high - row.low) / 20
  const middle = (Math.max(...known) + Math.min(...known)) / 2
  const half = Math.max(Math.max(...known) - Math.min(...known), least) / 2
  return points.map((v, k) => v === null ? '' : `${(100 * k / (points.length - 1)).toFixed(1)},${(13 - 12 * (v - middle) / half).toFixed(1)}`).join(' ')
}

function line(row) {
  const value = make('span', { class: 'number' })
  const { element: bar, point } = gauge(row)
  const element = make('div', { class: 'row' },
    make('span', { class: 'label', title: row.title }, row.label), bar, value, make('span', { class: 'unit' }, row.unit))
  const show = (v, trust) => {
    say(value, number(v, row.digits))
    point(v)
    element.className = `row ${TRUST[trust]}${isOut(row, v) ? ' out' : ''}`
  }
  return { element, show }
}
