// Stores events, one by one: BRPOP, insertOne.
'use strict';

const { MongoClient } = require('mongodb');
const { createClient } = require('redis');

async function work() {
  const redis = await createClient({ url: process.env.REDIS_URL }).connect();
  const mongo = await MongoClient.connect(process.env.MONGODB_URI);
  const events = mongo.db().collection('events', { writeConcern: { w: 'majority', journal: true } });
  for (;;) {
    const popped = await redis.brPop('events', 0);
    const event = JSON.parse(popped.element);
    await events.insertOne({ ...event, timestamp: new Date(event.timestamp) });
  }
}

work();
