//! What every random program has.

/// The name of the secret that no text may hold.
pub const SECRET: &str = "QUELL_TEST_TOKEN";

/// What every program has: people, and an action of each effect.
pub const ACTIONS: &str = r#"
let ana: Person = Person(id: "ana", name: "Ana", email: "ana@example.com")
let bo: Person = Person(id: "bo", name: "Bo", email: "bo@example.com")
let cy: Person = Person(id: "cy", name: "Cy", email: "cy@example.com")
let ops: Team = Team(name: "ops", lead: ana, on_call: [ana, bo, cy])

action look(n: Int, token: Secret = secret("QUELL_TEST_TOKEN")) -> Int reads {
  simulate {
    return n + 1
    takes p50 1s p95 50s
    fails 20%
  }
}

action maybe(n: Int) -> Int? reads {
  simulate {
    return if n > 2 then n else none
    takes 1s to 90s
  }
}

action several(n: Int) -> List<Int> reads {
  simulate {
    return [n, 2, 3]
    takes mean 5s
    fails 10%
  }
}

action document(n: Int) -> Json reads {
  simulate {
    return { count: n, name: "x", items: [1, 2] }
  }
}

action tell(text: Text) -> Text notifies {
  simulate {
    return text
    fails 30%
  }
}

action publish(text: Public) notifies

action scale(n: Int) -> Int changes {
  idempotent
  simulate {
    return n
    takes p50 2s p95 80s
    fails 20%
  }
}

action wipe(n: Int) -> Int destroys {
  irreversible "the data is gone"
  simulate {
    return n
    takes 3s
    fails 20%
  }
}

action grow(n: Int) -> Int changes {
  idempotent
  undo shrink(n)
  simulate {
    return n
    takes 2s
  }
}

action shrink(n: Int) -> Int changes {
  idempotent
  irreversible "it is small again"
  simulate {
    return n
    takes 1s
  }
}

task confirm(n: Int) -> Bool {
  step go: Bool = ask(ops, "Go on with ${n}?", within: 1m)
    on failure use true
  return go
}

task sure(n: Int) -> Bool {
  step go: Bool = ask(ops, "Sure of ${n}?", within: 1m)
  return go
}

task unwanted(n: Int) -> Bool {
  step up = scale(n)
    approve by 1 of ops within 5m else skip
    undo scale(0)
  return up == none
}

task check_twice(n: Int) -> Int {
  step first = look(n)
    retry 1 times every 1s
  step second = look(first)
    on failure continue
  return second ?? first
}

task clean(n: Int) -> Int {
  step wiped = wipe(n)
  return wiped
}

task turn(n: Int) -> Int {
  step up = scale(n)
    undo scale(n - 1)
  if n > 2 {
    step again = scale(up)
      undo scale(0)
  }
  return up + 1
}

task swap(n: Int) -> Int {
  step up = scale(n)
    undo scale(n - 1)
  step wiped = wipe(up)
    approve by 2 of ops within 5m
  return wiped
}
"#;
