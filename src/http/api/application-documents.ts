import { z } from 'zod';
import { applicationView } from '../../monitoring/views/applications.ts';
import { list, maybeText } from '../../monitoring/views/parts.ts';

/** The answers about applications, by their names in the OpenAPI document. */

const configured = {
  id: null,
  name: 'default',
  clientId: '2b9f7c11-83aa',
  hasSecret: true,
  requestsPerSecond: 4,
  requestsPerDay: 10_000,
  tokenRequestsPerSecond: 1,
  reserve: 0.1,
  tenants: 380,
  createdAt: null,
};
const brand = {
  ...configured,
  id: '4ba1vr2kq0w8n3uy',
  name: 'Brand B',
  clientId: '7d1c0a4e-5b1f',
  tenants: 120,
  createdAt: '2026-11-20T08:00:00.000Z',
};

export const application = applicationView.meta({ id: 'Application', examples: [brand] });

export const applicationList = z
  .object({ applications: list(applicationView) })
  .meta({ id: 'ApplicationList', examples: [{ applications: [configured, brand] }] });

export const changedApplication = applicationView
  .extend({ refusal: maybeText })
  .meta({ id: 'ChangedApplication', examples: [{ ...brand, refusal: null }] });
