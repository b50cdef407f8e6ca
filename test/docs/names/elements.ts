export declare const button: HTMLButtonElement
