import { InvalidRequest } from '@lead-rotator/service-host';
import { Injectable, type PipeTransform } from '@nestjs/common';

/** The id in the address of what is defined by it. */
@Injectable()
export class DefinitionId implements PipeTransform<string, string> {
  /** @throws InvalidRequest */
  transform(id: string): string {
    if (/^[\w.-]{1,100}$/.test(id)) return id;
    throw new InvalidRequest([
      { path: '/id', message: 'must be 1 to 100 letters, digits, dots, dashes or underscores' },
    ]);
  }
}
