/** Tab stays within a dialog. */
export function keepInside(event: KeyboardEvent, box: HTMLElement | null): void {
  const all = [
    ...(box?.querySelectorAll<HTMLElement>('button, input, textarea, select, a[href], [tabindex="0"]') ?? []),
  ].filter((each) => !each.hasAttribute('disabled') && each.offsetParent !== null)
  const [first] = all
  const last = all.at(-1)
  if (!first || !last) return
  if (event.shiftKey && document.activeElement === first) last.focus()
  else if (!event.shiftKey && document.activeElement === last) first.focus()
  else return
  event.preventDefault()
}
