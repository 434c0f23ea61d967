const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`;
const SAMPLE = new RegExp(String.raw`^(${NAME})(\{(?:${LABEL}(?:,${LABEL})*)?\})? (\S+)$`);

/**
 * Reads the text format of Prometheus (0.0.4) and returns the values by series. It throws at what `promtool check
 * metrics` refuses: a line that is no sample, a sample without HELP and TYPE before it, a series twice, a counter whose
 * name does not end with `_total`, a histogram whose buckets do not grow.
 */
export function readMetrics(text: string): ReadonlyMap<string, number> {
  const types = new Map<string, string>();
  const helped = new Set<string>();
  const values = new Map<string, number>();
  const buckets = new Map<string, number>();
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, word, about = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (word === 'HELP') helped.add(about);
    else if (word === 'TYPE') types.set(about, rest);
    else {
      const [, name = '', labels = '', number = ''] = SAMPLE.exec(line) ?? [];
      const value = Number(number.replace(/^\+Inf$/, 'Infinity'));
      if (name === '' || Number.isNaN(value)) throw new Error(`no sample: ${line}`);
      const base = types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '');
      const type = types.get(base);
      if (type === undefined || !helped.has(base)) throw new Error(`without TYPE or HELP: ${line}`);
      if (type === 'counter' && !name.endsWith('_total')) throw new Error(`a counter without _total: ${line}`);
      if (values.has(name + labels)) throw new Error(`twice: ${line}`);
      if (name === `${base}_bucket`) {
        const series = base + labels.replace(/le="[^"]*",?/, '');
        if (value < (buckets.get(series) ?? 0)) throw new Error(`a bucket that shrinks: ${line}`);
        buckets.set(series, value);
      }
      values.set(name + labels, value);
    }
  }
  return values;
}
