import express from 'express';
import { titles } from './books.js';
import { giveBack, loansOf, reminders } from './loans.js';

export const app = express();

app.get('/books', async (_request, response) => {
  response.json(await titles());
});

app.get('/reminders', async (_request, response) => {
  response.json(await reminders(new Date()));
});

app.get('/readers/:id/loans', async (request, response) => {
  response.json(await loansOf(Number(request.params.id)));
});

app.post('/returns', async (request, response) => {
  await giveBack(request.body.loanIds, new Date());
  response.sendStatus(204);
});
