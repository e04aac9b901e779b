// Takes events: validate, LPUSH, answer. With PROCESSES=2 on Node's cluster module.
'use strict';

const cluster = require('node:cluster');
const express = require('express');
const { createClient } = require('redis');

const REQUIRED = ['site_id', 'event_type', 'path', 'user_id', 'timestamp'];

async function serve() {
  const redis = await createClient({ url: process.env.REDIS_URL }).connect();
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '64kb' }));
  app.post('/event', async (request, response) => {
    const event = request.body ?? {};
    const missing = REQUIRED.filter((field) => typeof event[field] !== 'string' || event[field] === '');
    if (missing.length > 0 || Number.isNaN(Date.parse(event.timestamp))) {
      response.status(400).json({ error: `missing or invalid: ${missing.join(', ') || 'timestamp'}` });
      return;
    }
    await redis.lPush('events', JSON.stringify(event));
    response.status(202).json({ status: 'received' });
  });
  app.listen(Number(process.env.PORT), '127.0.0.1');
}

const processes = Number(process.env.PROCESSES ?? 1);
if (processes > 1 && cluster.isPrimary) {
  for (let i = 0; i < processes; i++) {
    cluster.fork();
  }
} else {
  serve();
}
