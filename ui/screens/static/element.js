// Elements, made and found: the little that our components need beyond the browser's own.

const sheet = new CSSStyleSheet()
const source = document.getElementById('gemelo-style').sheet
sheet.replaceSync([...source.cssRules].map(rule => rule.cssText).join('\n'))

// Give a component, which lives in a shadow root, the page's one style sheet.
export function dress(view) {
  view.shadow_el.adoptedStyleSheets = [...view.shadow_el.adoptedStyleSheets, sheet]
}

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined) element.setAttribute(name, value)
  element.append(...children)
  return element
}

// Set text only where it differs: most values do not change from one tick to the next.
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text
}
