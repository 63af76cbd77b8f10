// A moving analogue indicator: a value's pointer against its normal band, on a scale.

import { make } from './element.js'

export const TRUST = ['good', 'uncertain', 'bad', 'stale', 'none']

export const NAMES = ['Good', 'Uncertain', 'Bad', 'Stale', 'No data']
export const isKnown = trust => trust < 2

// A drive's state: light where it runs, dark where it stands, and a mark of its own where nobody knows.
export function runMark(element, state) {
  element.classList.toggle('on', state === 1 || state === 2)
  element.classList.toggle('unknown', state === null || state < 0)
}

export function gauge(row) {
  const pointer = make('div', { class: 'pointer' })
  const element = make('div', { class: 'gauge', 'aria-hidden': 'true' })
  const place = value => 100 * Math.max(0, Math.min(1, (value - row.low) / (row.high - row.low)))
  if (row.band) {
    const [from, to] = row.band.map(place)
    element.append(make('div', { class: 'band', style: `left:${from}%;width:${to - from}%` }))
  }
  element.append(pointer)
  const point = value => {
    element.classList.toggle('blank', value === null)
    if (value !== null) pointer.style.left = `${place(value)}%`
  }
  return { element, point }
}

export const isOut = (row, value) => Boolean(row.band) && value !== null && (value < row.band[0] || value > row.band[1])
