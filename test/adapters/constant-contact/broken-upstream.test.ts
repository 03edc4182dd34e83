import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { SELF_SIGNED } from '../../support/sandbox-certificate.ts';
import { answerOf, clientOf, failureOf } from '../../support/sandbox-client.ts';
import { refusedPort, withHttp, withHttps, withTcp } from '../../support/sandbox-upstream.ts';

const GOOD = '{"connections":[]}';

describe('no connection', () => {
  it('a port on which nobody listens', async () => {
    const apiUrl = `http://127.0.0.1:${await refusedPort()}/v3`;
    const failure = await failureOf(clientOf({ apiUrl, authUrl: apiUrl }).fetchConnections('token'));
    expect(failure).toMatchObject({ kind: 'connection', requestId: null, retryAfterMs: null });
    expect(failure.detail).toContain('ECONNREFUSED');
  });

  it('a host that does not exist', async () => {
    // A label of 64 letters: no resolver needs to be asked to know that there is no such name.
    const apiUrl = `http://${'a'.repeat(64)}.invalid/v3`;
    const failure = await failureOf(clientOf({ apiUrl, authUrl: apiUrl }).fetchConnections('token'));
    expect(failure.kind).toBe('dns');
  });

  it('a certificate that nobody vouches for', async () => {
    await withHttps({ ...SELF_SIGNED, listener: (_, response) => response.end(GOOD) }, async (upstream) => {
      const failure = await failureOf(clientOf(upstream).fetchConnections('token'));
      expect(failure.kind).toBe('tls');
      expect(failure.detail).toMatch(/self-signed certificate; .*NODE_EXTRA_CA_CERTS in the environment/);
    });
  });

  it('plain HTTP where TLS was expected', async () => {
    const speakHttp = (socket: NodeJS.WritableStream) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    await withTcp(
      speakHttp,
      async (upstream) => {
        expect((await failureOf(clientOf(upstream).fetchConnections('token'))).kind).toBe('tls');
      },
      'https',
    );
  });
});

describe('an answer that does not come in time', () => {
  it.each([
    ['nothing at all', []],
    ['headers without a body', ['HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n']],
    ['half a body', ['HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n', '{"conn']],
    ['half a status line', ['HTTP/1.1 2']],
  ])('%s', async (_, adapters) => {
    const onConnection = (socket: NodeJS.WritableStream) => {
      for (const part of adapters) socket.write(part);
    };
    await withTcp(onConnection, async (upstream) => {
      const client = clientOf(upstream, { requestTimeoutMs: 150 });
      expect((await failureOf(client.fetchConnections('token'))).kind).toBe('timeout');
    });
  });

  it('a TLS handshake that never ends', async () => {
    const client = (upstream: { apiUrl: string; authUrl: string }) => clientOf(upstream, { requestTimeoutMs: 150 });
    await withTcp(
      () => {},
      async (upstream) => {
        expect((await failureOf(client(upstream).fetchConnections('token'))).kind).toBe('timeout');
      },
      'https',
    );
  });

  it('a body that drips for ever', async () => {
    const drip = (socket: NodeJS.WritableStream) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
      const timer = setInterval(() => socket.write(' '), 10);
      socket.on('close', () => clearInterval(timer));
    };
    await withTcp(drip, async (upstream) => {
      const client = clientOf(upstream, { requestTimeoutMs: 200 });
      expect((await failureOf(client.fetchConnections('token'))).kind).toBe('timeout');
    });
  });
});

describe('an answer that breaks off or is no HTTP', () => {
  it.each([
    ['a close before an answer', '', 'connection'],
    ['a close in the middle of the body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"conn', 'connection'],
    ['a close between chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n{"conn\r\n', 'connection'],
    ['another protocol', '220 mail.example ESMTP\r\n', 'invalid_response'],
    ['a broken gzip body', 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip', 'invalid_response'],
  ])('%s', async (_, bytes, kind) => {
    const onConnection = (socket: NodeJS.ReadWriteStream) => {
      socket.once('data', () => socket.end(bytes));
    };
    await withTcp(onConnection, async (upstream) => {
      expect((await failureOf(clientOf(upstream).fetchConnections('token'))).kind).toBe(kind);
    });
  });

  it('a failed request leaves nothing behind that could end the process', async () => {
    const onConnection = (socket: NodeJS.ReadWriteStream) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{"connections":[]}');
        socket.end('and more that nobody asked for');
      });
    };
    await withTcp(onConnection, async (upstream) => {
      await clientOf(upstream).fetchConnections('token');
    });
  });
});

describe('an answer that is too large', () => {
  it('is not read to its end', async () => {
    let sent = 0;
    const flood = (response: import('node:http').ServerResponse) => {
      while (!response.destroyed && sent < 64 * 1024 * 1024) {
        sent += 65_536;
        if (!response.write(' '.repeat(65_536))) break;
      }
    };
    await withHttp(
      (_, response) => {
        response.on('drain', () => flood(response));
        flood(response);
      },
      async (upstream) => {
        const failure = await failureOf(clientOf(upstream).fetchConnections('token'));
        expect(failure).toMatchObject({ kind: 'invalid_response', detail: expect.stringContaining('1 MiB') });
        expect(sent).toBeLessThan(32 * 1024 * 1024);
      },
    );
  });

  it('nor is a small one unpacked that would be', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(100_000);
    await withHttp(
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
      async (upstream) => {
        const before = process.memoryUsage().arrayBuffers;
        expect((await failureOf(clientOf(upstream).fetchConnections('token'))).kind).toBe('invalid_response');
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
      },
    );
  });

  it('one of almost 1 MiB is read', async () => {
    const body = JSON.stringify({ connections: [], padding: 'x'.repeat(1024 * 1024 - 100) });
    await withHttp(
      (_, response) => response.end(body),
      async (upstream) => {
        expect((await clientOf(upstream).fetchConnections('token')).ok).toBe(true);
      },
    );
  });
});

describe('an unusual answer that is right all the same', () => {
  it.each([
    ['another content type', { 'content-type': 'text/plain' }, Buffer.from(GOOD)],
    ['no content type', {}, Buffer.from(GOOD)],
    ['a byte order mark', {}, Buffer.from(`\ufeff${GOOD}`)],
    ['gzip', { 'content-encoding': 'gzip' }, gzipSync(GOOD)],
  ])('%s', async (_, headers, body) => {
    await withHttp(
      (_request, response) => response.writeHead(200, headers).end(body),
      async (upstream) => {
        expect(await answerOf(clientOf(upstream).fetchConnections('token'))).toMatchObject({
          connections: [],
          isPartial: false,
        });
      },
    );
  });

  it('the API below another path, with a slash at its end', async () => {
    const paths: (string | undefined)[] = [];
    await withHttp(
      (request, response) => {
        paths.push(request.url);
        response.end(GOOD);
      },
      async ({ origin, authUrl }) => {
        await answerOf(clientOf({ apiUrl: `${origin}/proxy/v3/`, authUrl }).fetchConnections('token'));
      },
    );
    expect(paths).toEqual(['/proxy/v3/social/connections']);
  });
});

it('requests share a connection instead of opening one each', async () => {
  const ports = new Set<number | undefined>();
  await withHttp(
    (request, response) => {
      ports.add(request.socket.remotePort);
      response.end(GOOD);
    },
    async (upstream) => {
      const client = clientOf(upstream);
      for (let nth = 0; nth < 5; nth++) await answerOf(client.fetchConnections('token'));
    },
  );
  expect(ports.size).toBe(1);
});

describe('a 2xx without the documented body', () => {
  it.each([
    [200, ''],
    [204, ''],
    [200, 'null'],
    [200, '<html>'],
    [202, '{}'],
  ])('%i %j', async (status, body) => {
    await withHttp(
      (_, response) => response.writeHead(status).end(body),
      async (upstream) => {
        expect((await failureOf(clientOf(upstream).fetchConnections('token'))).kind).toBe('invalid_response');
      },
    );
  });
});

it('an access token that no header can carry is as good as a refused one', async () => {
  await withHttp(
    (_, response) => response.end(GOOD),
    async (upstream) => {
      const failure = await failureOf(clientOf(upstream).fetchConnections('two\nlines-of-a-token'));
      expect(failure.kind).toBe('unauthorized');
      expect(failure.detail).not.toContain('lines-of-a-token');
    },
  );
});
