import { defineConfig } from 'vitest/config';

// Two projects: plain tests share one realm (seconds for hundreds of files), tests on real
// parts (`*.integration.test.ts`) get the control plane and the registry from a global setup.
export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.integration.test.ts'],
          isolate: false,
          pool: 'threads',
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/**/*.integration.test.ts'],
          globalSetup: ['test/control-plane/global-setup.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // After the others: on two cores, servers and thousands of plain tests only wait for each other.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
