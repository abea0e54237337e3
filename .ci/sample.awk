# Chooses tests for `.ci/run quick`: all units, and of each suite up to 10 that are spread over it. Reads the
# patterns of slow tests, which are left out, and then what `cargo test -- --list --format terse` prints.

function choose(    count, i, step) {
  step = (unit || total <= 10) ? 1 : total / 10
  for (i = 0; int(i) < total; i += step) print names[int(i)]
  total = 0
}

NR == FNR {
  if ($0 !~ /^#/ && $1 != "") slow[$1] = 1
  next
}

/^ +Running / {
  choose()
  unit = $2 == "unittests"
}

/: test$/ {
  sub(/: test$/, "")
  seen[$0] = 1
  if (!($0 in slow)) names[total++] = $0
}

END {
  choose()
  for (name in slow) if (!(name in seen)) print ".ci/slow: there is no test " name > "/dev/stderr"
}
