/** How the probe behaves; everything has a default. */
export interface ProbeOptions {
  /** On or off. Without it `QUERYLENS=1` or `QUERYLENS=0` decides, and without that it is on unless `NODE_ENV` is `production`. */
  readonly enabled?: boolean;
  /** Share of the requests, and of the calls outside of requests, that are looked at: from 0 to 1, the default. */
  readonly sample?: number;
  /** Where samples go: a folder, `.querylens` by default, or the `http:` address that `querylens serve` prints. */
  readonly to?: string;
  /** Folder that paths are told from; the working directory by default. */
  readonly root?: string;
  /** The version of the application that runs, so that reports can say what it changed. Without it `QUERYLENS_DEPLOY` says it. */
  readonly deploy?: string;
}

/** Options with their defaults put in. */
export type ProbeSettings = Required<Omit<ProbeOptions, 'deploy'>> & Pick<ProbeOptions, 'deploy'>;

type Environment = Readonly<Record<string, string | undefined>>;

export function probeSettings(options: ProbeOptions, environment: Environment = process.env): ProbeSettings {
  const root = options.root ?? process.cwd();
  const deploy = options.deploy ?? environment.QUERYLENS_DEPLOY;
  return {
    enabled: options.enabled ?? isOn(environment),
    sample: Math.min(1, Math.max(0, options.sample ?? 1)),
    to: options.to ?? '.querylens',
    root,
    ...(deploy ? { deploy } : {}),
  };
}

function isOn({ QUERYLENS, NODE_ENV }: Environment): boolean {
  if (QUERYLENS === '1' || QUERYLENS === '0') return QUERYLENS === '1';
  return NODE_ENV !== 'production';
}
