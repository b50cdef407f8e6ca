import type { Client } from '@headway/core'
import type { FakeClient } from '@headway/core/testing'
import type { ReactElement } from 'react'

export declare const expect: (element: HTMLElement) => { toBeVisible(): void }
export declare const fake: FakeClient
export declare const App: (props: { client: Client }) => ReactElement
export declare const render: (element: ReactElement) => void
export declare const user: { click(element: HTMLElement): Promise<void> }
export declare const screen: { getByText(text: string | RegExp): HTMLElement }
export declare const users: readonly object[]
export declare const rename: () => void
