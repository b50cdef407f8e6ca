import 'htmx.org'
import './elements.ts'
