/** Talks to the HTTP API as any program would. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** @throws with the problem the API answers with. */
  async post<Answer>(path: string, body: object): Promise<Answer> {
    return this.#answer(
      await fetch(this.url + path, { method: 'POST', headers: this.#headers, body: JSON.stringify(body) }),
    );
  }

  /** @throws with the problem the API answers with. */
  async get<Answer>(path: string): Promise<Answer> {
    return this.#answer(await fetch(this.url + path, { headers: this.#headers }));
  }

  get #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' };
  }

  async #answer<Answer>(response: Response): Promise<Answer> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Answer;
  }
}
