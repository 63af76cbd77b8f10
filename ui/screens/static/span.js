// How far back the trends go.

import { dress, make, say } from './element.js'

export function render({ model, view }) {
  dress(view)
  const note = make('span', { class: 'faint', role: 'status' })
  const buttons = model.windows.map(([seconds, name]) => {
    const element = make('button', { type: 'button' }, name)
    element.addEventListener('click', () => model.send_msg({ window: seconds }))
    return element
  })
  const draw = () => {
    model.windows.forEach(([seconds], i) => buttons[i].setAttribute('aria-pressed', String(seconds === model.window)))
    say(note, model.note)
  }
  model.on(['window', 'note'], draw)
  draw()
  return make('div', { class: 'spans', role: 'group', 'aria-label': model.labels['Time span'] }, note, ...buttons)
}
