const given = ['Ada', 'Björn', 'Chloé', 'Emeka', 'Fatima', 'Hiro', 'Lakshmi', 'Óscar', 'Søren']
const family = ['Adeyemi', 'Berg', 'Castro', 'Fischer', 'García', 'Novák', "O'Brien", 'Tanaka']
const countries = ['BR', 'DE', 'FR', 'IN', 'JP', 'NG', 'SE']

/** A CSV of `rows` users to import. Pure: the same text each time. */
export function sampleCsv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const name = `${pick(given, index)} ${pick(family, 7 * index)}`
    return `${name},guest${index + 1}@example.com,${pick(countries, 5 * index)}\n`
  })
  return `name,email,country\n${lines.join('')}`
}

function pick(words: readonly string[], index: number): string {
  return words[index % words.length] ?? ''
}
