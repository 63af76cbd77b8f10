// Numbers and times as the page's language writes them, a nought without a minus. Times are UTC, as the plant keeps them.

const language = document.documentElement.lang
const formats = new Map()

export function number(value, digits) {
  if (value === null || value === undefined) return '—'
  if (!formats.has(digits))
    formats.set(digits, new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'negative' }))
  return formats.get(digits).format(value)
}

const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium', timeZone: 'UTC', hourCycle: 'h23' })
const day = new Intl.DateTimeFormat(language, { day: '2-digit', month: 'short', timeZone: 'UTC' })
export const time = ms => clock.format(ms)
export const date = ms => day.format(ms)

// A moment; the day only where it is another than that of ``beside``.
export function moment(ms, beside = null) {
  if (ms === null) return ''
  return beside !== null && date(ms) === date(beside) ? time(ms) : `${date(ms)} ${time(ms)}`
}
