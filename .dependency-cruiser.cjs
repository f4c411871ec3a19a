/**
 * Which room may know which. Dependencies point one way: services → I/O, domain → contract → kernel.
 * `.ci/prove-boundaries` plants a violation of each rule and fails if it is not reported.
 */
const domain = '^libs/(lead-intake|rotation|claim|replay)/';
const pure = '^libs/(event-sourcing|lead-events|lead-intake|rotation|claim|replay)/';
/** Specs, and what only they use. */
const spec = '(\\.spec\\.ts$|/src/testing/)';

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      from: { path: '^libs/event-sourcing/', pathNot: spec },
      to: { pathNot: '^libs/event-sourcing/' },
    },
    {
      name: 'contract-imports-the-kernel-only',
      severity: 'error',
      from: { path: '^libs/lead-events/', pathNot: spec },
      to: { path: '^(libs|services|bench)/', pathNot: '^libs/(lead-events|event-sourcing)/' },
    },
    {
      name: 'domain-imports-domain-and-contract-only',
      severity: 'error',
      from: { path: domain, pathNot: spec },
      to: { path: '^(libs|services|bench)/', pathNot: pure },
    },
    {
      name: 'rotation-does-not-know-claims',
      severity: 'error',
      from: { path: '^libs/rotation/' },
      to: { path: '^libs/(claim|lead-intake)/' },
    },
    {
      name: 'pure-code-asks-no-machine',
      severity: 'error',
      from: { path: pure, pathNot: spec },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-code-uses-pure-packages',
      severity: 'error',
      from: { path: pure, pathNot: spec },
      to: {
        path: 'node_modules/',
        pathNot: 'node_modules/(typebox|pure-rand|libphonenumber-js|uuid|ajv|ajv-formats)/',
      },
    },
    {
      name: 'libs-do-not-know-services',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^services/' },
    },
    {
      name: 'nobody-knows-the-measurements',
      severity: 'error',
      from: { path: '^(libs|services)/' },
      to: { path: '^bench/' },
    },
    {
      name: 'services-do-not-know-each-other',
      severity: 'error',
      from: { path: '^services/(intake|router|sla|notify)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'kafkajs-stands-behind-the-bus',
      severity: 'error',
      from: { path: '^(libs|services)/', pathNot: '^libs/(event-bus|kafka-broker)/' },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'nodemailer-stands-behind-notification',
      severity: 'error',
      from: { path: '^(libs|services)/', pathNot: '^libs/notification/' },
      to: { path: 'node_modules/nodemailer/' },
    },
    {
      name: 'packages-are-entered-by-their-name',
      severity: 'error',
      from: { path: '^(libs|services|bench)/([^/]+)/' },
      to: { path: '^(libs|services|bench)/[^/]+/src/', pathNot: '^$1/$2/' },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
