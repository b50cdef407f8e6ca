import '@angular/compiler'
import {
  Component,
  CUSTOM_ELEMENTS_SCHEMA,
  provideZonelessChangeDetection,
  signal,
} from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
import type { ShownRun } from '@headway/elements'
import { client, exportUsers, title } from './elements.ts'

@Component({
  selector: 'app-root',
  template: `
    <button type="button" (click)="start()">Export</button>
    <headway-progress [run]="run()" label="Export of users"></headway-progress>
    <headway-connection></headway-connection>
  `,
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
})
class App {
  readonly run = signal<ShownRun | null>(null)

  start(): void {
    this.run.set(client.start(exportUsers, { format: 'csv' }, { title }))
  }
}

void bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] }).catch(
  console.error,
)
