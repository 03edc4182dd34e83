import { TestEnvironment } from 'jest-environment-node';

/** Runs a test file in the time zone of `testEnvironmentOptions.timeZone`: workers serve the projects of every zone. */
export default class TimeZoneEnvironment extends TestEnvironment {
  constructor(...[config, context]: ConstructorParameters<typeof TestEnvironment>) {
    process.env.TZ = String(config.projectConfig.testEnvironmentOptions.timeZone);
    super(config, context);
  }
}
