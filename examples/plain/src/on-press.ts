/** A disabled button would lose the focus to nowhere: this one keeps it, and does nothing. */
export function onPress(button: HTMLButtonElement, listener: () => void): void {
  button.addEventListener('click', () => {
    if (button.ariaDisabled !== 'true') listener()
  })
}
