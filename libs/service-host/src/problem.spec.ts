import { describe, expect, it } from '@jest/globals';
import { BusUnavailable } from '@lead-rotator/event-bus';
import { LogUnavailable, UnitTooLarge } from '@lead-rotator/event-log';
import { Rejection } from '@lead-rotator/event-sourcing';
import { NotFoundException, UnauthorizedException } from '@nestjs/common';
import { InvalidRequest } from './invalid-request.ts';
import { problemOf, rejectionStatus } from './problem.ts';
import { Refused } from './refused.ts';

describe('an error over HTTP', () => {
  it.each(Object.entries(rejectionStatus))(
    'is, when refused as %s, a %d with that code and its facts',
    (code, status) => {
      expect(problemOf(new Refused(new Rejection(code, { ownerId: 'ann' })))).toEqual({
        type: `urn:lead-rotator:problem:${code}`,
        title: 'refused',
        status,
        code,
        detail: code === 'invalid' ? undefined : expect.stringMatching(/^[A-Z].*\.$/),
        facts: { ownerId: 'ann' },
      });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );

  it('says that something is too much for the log at once', () => {
    expect(problemOf(new UnitTooLarge('7', 1_797_606, 1_000_000))).toMatchObject({
      status: 413,
      code: 'too-large',
      detail: 'It comes to 1797606 bytes of events, and at most 1000000 are taken together: do it in parts.',
    });
  });

  it('has every fault of an input by its path', () => {
    const faults = [
      { path: '/email', message: 'is not an email address' },
      { path: '', message: 'needs an email or a phone' },
    ];
    expect(problemOf(new InvalidRequest(faults))).toMatchObject({ status: 400, code: 'invalid', faults });
  });

  it('is the same when the domain finds the fault', () => {
    const rejection = new Rejection('invalid', { path: 'claim.within', fault: 'is shorter than a second' });
    expect(problemOf(new Refused(rejection))).toMatchObject({
      status: 400,
      faults: [{ path: '/claim/within', message: 'is shorter than a second' }],
    });
  });

  it('says in a sentence what is the matter with the field', () => {
    const facts = { rotationId: 'web', userId: 'ann', path: 'user' };
    const message = 'User ann is in rotation web already; a user is in a rotation once.';
    expect(problemOf(new Refused(new Rejection('already-member', facts)))).toMatchObject({
      status: 409,
      code: 'already-member',
      detail: message,
      facts: { rotationId: 'web', userId: 'ann' },
      faults: [{ path: '/user', message }],
    });
  });

  it('asks whether a known word was meant', () => {
    const rejection = new Rejection('invalid', {
      path: 'to',
      fault: 'there is no rotation wbe',
      found: 'wbe',
      meant: 'web',
    });
    expect(problemOf(new Refused(rejection)).faults).toEqual([
      { path: '/to', message: 'there is no rotation wbe; did you mean web?' },
    ]);
  });

  it.each([new LogUnavailable('no answer'), new BusUnavailable('no answer')])('is a 503 while %s is away', (error) => {
    expect(problemOf(error)).toMatchObject({ status: 503, code: 'unavailable' });
  });

  it('is a 404 for a path that is none', () => {
    expect(problemOf(new NotFoundException('Cannot GET /nope'))).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('is a 401 without a key', () => {
    expect(problemOf(new UnauthorizedException('send a key'))).toMatchObject({
      status: 401,
      code: 'unauthorized',
      detail: 'send a key',
    });
  });

  it('says where it is when the rules know the place', () => {
    const rejection = new Rejection('unknown-user', { path: 'members.1', user: 'kim' });
    expect(problemOf(new Refused(rejection))).toMatchObject({
      status: 404,
      faults: [{ path: '/members/1', message: 'There is no user kim: neither an id nor an email address of anybody.' }],
    });
  });

  it.each([
    ['unknown-user', 'userId', 'There is no user kim.'],
    ['not-a-member', 'userId', 'User kim is no member of rotation web.'],
    ['unknown-rotation', 'rotationId', 'There is no rotation web.'],
  ])('says which part of the address it is about: %s', (code, part, message) => {
    const refused = new Refused(new Rejection(code, { rotationId: 'web', userId: 'kim' }));
    expect(problemOf(refused, { rotationId: 'web', userId: 'kim' })).toMatchObject({
      code,
      detail: message,
      faults: [{ path: `/${part}`, message }],
    });
    expect(problemOf(refused, { rotationId: 'other', userId: 'eve' }).faults).toBeUndefined();
  });

  it('says nothing of what is wrong inside', () => {
    const problem = problemOf(new Error('duplicate key: kim@lead.example'));
    expect(problem).toMatchObject({ status: 500, code: 'fault' });
    expect(JSON.stringify(problem)).not.toContain('kim@lead.example');
  });
});
