# Reads "round place row workload figure value", prints Markdown tables of medians. A ratio compares with
# raw-tcp of the same round, and the median of those ratios is shown.

function median(list, n,    i, j, swap) {
  for (i = 2; i <= n; i++) {
    swap = list[i]
    for (j = i - 1; j > 0 && list[j] > swap; j--) list[j + 1] = list[j]
    list[j + 1] = swap
  }
  return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}

function value_of(place, row, workload, figure,    round, n, list) {
  n = 0
  for (round = 1; round <= rounds; round++)
    if ((round, place, row, workload, figure) in value) list[++n] = value[round, place, row, workload, figure]
  return n ? sprintf("%.4g", median(list, n)) : "-"
}

function ratio_of(place, row, workload, figure,    round, n, list, mine, raw) {
  n = 0
  for (round = 1; round <= rounds; round++) {
    if (!((round, place, row, workload, figure) in value)) continue
    if (!((round, place, "raw-tcp", workload, figure) in value)) continue
    mine = value[round, place, row, workload, figure]
    raw = value[round, place, "raw-tcp", workload, figure]
    if (raw > 0) list[++n] = mine / raw
  }
  return n ? sprintf("%.2f", median(list, n)) : "-"
}

{
  value[$1, $2, $3, $4, $5] = $6
  if ($1 > rounds) rounds = $1
  if (!($3 in seen)) { seen[$3] = 1; order[++rows] = $3 }
  workloads[$4] = 1
}

END {
  print "\n| Null call | one core: p50 us | x raw | mean us | x raw | p99 us | free: mean us | x raw | p99 us | server CPU s / 100,000 |"
  print "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
  for (i = 1; i <= rows; i++) {
    row = order[i]
    printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", row,
      value_of("one-core", row, "w1", "p50_us"), ratio_of("one-core", row, "w1", "p50_us"),
      value_of("one-core", row, "w1", "mean_us"), ratio_of("one-core", row, "w1", "mean_us"),
      value_of("one-core", row, "w1", "p99_us"), value_of("free", row, "w1", "mean_us"),
      ratio_of("free", row, "w1", "mean_us"), value_of("free", row, "w1", "p99_us"),
      value_of("one-core", row, "w1", "srv_cpu_100k")
  }
  if (!("w4_1k" in workloads)) exit
  line("8 threads, calls/s", "free", "w2_8", "calls_s", 1)
  line("64 threads, calls/s", "free", "w2_64", "calls_s", 0)
  line("100 outstanding, calls/s", "free", "w3_async", "calls_s", 0)
  line("one-way, calls/s", "free", "w3_oneway", "calls_s", 0)
  line("octets 1 KiB, MB/s", "one-core", "w4_1k", "MB_s", 0)
  line("octets 64 KiB, MB/s", "one-core", "w4_64k", "MB_s", 0)
  line("octets 1 MiB, MB/s", "one-core", "w4_1024k", "MB_s", 0)
  line("octets 16 MiB, MB/s", "one-core", "w4_16384k", "MB_s", 0)
  line("1,000 structs, ns/struct", "one-core", "w5", "ns_struct", 0)
  line("connect + first call, p50 us", "free", "w10", "p50_us", 0)
  line("server memory, 1 connection, KiB", "free", "w7_1", "rss_kb", 0)
  line("server memory, 500 connections, KiB", "free", "w7_500", "rss_kb", 0)
  line("server threads, 500 connections", "free", "w7_500", "threads", 0)
}

function line(title, place, workload, figure, with_head) {
  if (with_head) {
    print "\n| Other work | raw-tcp | thread-per-connection | ratio |"
    print "|---|---:|---:|---:|"
  }
  printf "| %s | %s | %s | %s |\n", title, value_of(place, "raw-tcp", workload, figure),
    value_of(place, "thread-per-connection", workload, figure),
    ratio_of(place, "thread-per-connection", workload, figure)
}
