// Plants one violation of each boundary rule in the tree, and fails if the tool does not report every one of them, or if a
// rule has none.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import config from '../.dependency-cruiser.cjs';

/** Rule → the file that breaks it and what that file imports. */
const violations = {
  'no-circles': ['libs/rotation', './planted-no-circles.ts'],
  'kernel-imports-nothing': ['libs/event-sourcing', '@lead-rotator/lead-events'],
  'contract-imports-the-kernel-only': ['libs/lead-events', '../../rotation/src/index.ts'],
  'domain-imports-domain-and-contract-only': ['libs/claim', '../../event-log/src/index.ts'],
  'rotation-does-not-know-claims': ['libs/rotation', '../../claim/src/index.ts'],
  'pure-code-asks-no-machine': ['libs/claim', 'node:fs'],
  'pure-code-uses-pure-packages': ['libs/rotation', 'pg'],
  'libs-do-not-know-services': ['libs/event-log', '../../../services/router/src/index.ts'],
  'nobody-knows-the-measurements': ['services/sla', '../../../bench/src/figures.ts'],
  'services-do-not-know-each-other': ['services/router', '../../sla/src/index.ts'],
  'kafkajs-stands-behind-the-bus': ['services/router', 'kafkajs'],
  'nodemailer-stands-behind-notification': ['services/notify', 'nodemailer'],
  'packages-are-entered-by-their-name': ['libs/event-log', '../../event-sourcing/src/tag.ts'],
  'nothing-unresolved': ['libs/claim', './not-there.ts'],
};

const planted = Object.entries(violations).map(([rule, [place, target]]) => {
  const file = `${place}/src/planted-${rule}.ts`;
  return { rule, file, text: `import '${target}';\n` };
});

for (const { name } of config.forbidden) {
  if (name in violations) continue;
  console.log(`NOT planted: ${name}`);
  process.exitCode = 1;
}

try {
  for (const { file, text } of planted) writeFileSync(file, text);
  const { stdout } = spawnSync('npm', ['run', '--silent', 'boundaries'], { encoding: 'utf8' });
  for (const { rule, file } of planted) {
    const reported = stdout.includes(`error ${rule}: ${file}`);
    console.log(`${reported ? 'reported' : 'NOT reported'}: ${rule}`);
    if (!reported) process.exitCode = 1;
  }
} finally {
  for (const { file } of planted) rmSync(file, { force: true });
}
