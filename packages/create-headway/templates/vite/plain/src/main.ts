import { createClient } from '@headway/core'
import { showExport } from './export-users'

const root = document.getElementById('app')
if (!root) throw new Error('The page has no element "app"')

const heading = document.createElement('h1')
heading.textContent = 'Export users'
root.append(heading)
showExport(root, createClient())
