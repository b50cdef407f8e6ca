/**
 * The first line of every file that is generated. A file without it is somebody's own: it is neither
 * overwritten nor removed.
 */
export const marker = '// Made by headway generate. Changes are lost the next time it runs.'
