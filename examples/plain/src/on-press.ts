/**
 * Calls `listener` on clicks, unless the button is `aria-disabled`. A `disabled` one loses the
 * focus.
 */
export function onPress(button: HTMLButtonElement, listener: () => void): void {
  button.addEventListener('click', () => {
    if (button.ariaDisabled !== 'true') listener()
  })
}
