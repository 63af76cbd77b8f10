// A moving analogue indicator: a value's pointer against its normal band, on a scale.

import { make } from './element.js'

export const TRUST = ['good', 'uncertain', 'bad', 'stale', 'none']

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
