import pg from 'pg'

export const userCount = 50_000

/** Fills the table `users`, once: in one transaction, so that an interrupted run leaves nothing. */
export async function seedUsers(database: string): Promise<void> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`create table if not exists users (
      id        integer primary key,
      name      text not null,
      email     text not null unique,
      country   text not null,
      signed_up date not null
    )`)
    const { rows } = await client.query<{ count: string }>('select count(*) from users')
    if (Number(rows[0]?.count) !== userCount) {
      await client.query('truncate users')
      await client.query(insertUsers, [userCount])
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
}

const insertUsers = `
  with words as (
    select array['Ada','Björn','Chloé','Dmitri','Emeka','Fatima','Grace','Hiro','Inés','Jörg','Kofi',
                 'Lakshmi','Mei','Nadia','Óscar','Priya','Quentin','Rosa','Søren','Tariq'] as given,
           array['Adeyemi','Berg','Castro','Dubois','Evans','Fischer','García','Haddad','Ivanova',
                 'Jensen','Kim','Li','Müller','Novák','O''Brien','Patel','Rossi','Silva','Tanaka'] as family,
           array['BR','DE','DK','ES','FR','GB','IN','JP','KR','NG','SE','US'] as country
  )
  insert into users (id, name, email, country, signed_up)
  select n,
         given[1 + n % cardinality(given)] || ' ' || family[1 + n * 7 % cardinality(family)],
         'user' || n || '@example.com',
         country[1 + n * 5 % cardinality(country)],
         date '2020-01-01' + n * 13 % 2400
    from words, generate_series(1, $1::integer) as n`
