import { honoRequests } from '@querylens/probe';
import { Hono } from 'hono';
import { account } from './routes/account.ts';
import { catalogue } from './routes/catalogue.ts';
import { staffOrders } from './routes/staffOrders.ts';
import { staffProducts } from './routes/staffProducts.ts';

export const app = new Hono();

app.use(honoRequests());
app.route('/', catalogue);
app.route('/me', account);
app.route('/staff/orders', staffOrders);
app.route('/staff', staffProducts);
