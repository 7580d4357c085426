import type { PackageMember } from '#graph/projectGraph.ts';

/** What a call out of the process waits for. */
export interface Service {
  /** As words of a sentence: `sends mail`. */
  readonly does: string;
  /** It answers within a millisecond or two as a rule. */
  readonly quick: boolean;
}

const HTTP: Service = { does: 'makes an HTTP request', quick: false };
const MAIL: Service = { does: 'sends mail', quick: false };
const MESSAGE: Service = { does: 'sends a message', quick: false };
const PAYMENT: Service = { does: 'asks a payment provider', quick: false };
const STORAGE: Service = { does: 'reaches for object storage', quick: false };
const CLOUD: Service = { does: 'asks a cloud service', quick: false };
const MODEL: Service = { does: 'asks a language model', quick: false };
const SEARCH: Service = { does: 'asks a search server', quick: false };
const BROWSER: Service = { does: 'drives a browser', quick: false };
const QUEUE: Service = { does: 'adds to a queue', quick: true };
const SLEEP: Service = { does: 'sleeps', quick: false };

/**
 * Well-known packages whose awaited calls go over the network, by what they are for. Each was taken from what projects with Prisma depend on;
 * a package belongs here when all it does between call and answer is wait for somebody else's server.
 */
const SERVICES: readonly (readonly [packages: RegExp, service: Service])[] = [
  [
    /^(?:axios|got|ky|node-fetch|cross-fetch|isomorphic-fetch|undici|superagent|request|request-promise|needle|ofetch|wretch|phin|bent|@nestjs\/axios|graphql-request|@apollo\/client|@octokit\/.+|octokit|googleapis|@googleapis\/.+|@notionhq\/client|@linear\/sdk|@hubspot\/api-client|jsforce|@clerk\/.+|auth0|@workos-inc\/node|@gitbeaker\/.+|@okta\/.+|@sentry\/api|@ai-sdk\/mcp|@modelcontextprotocol\/sdk|ssh2|basic-ftp)$/,
    HTTP,
  ],
  [
    /^(?:nodemailer|@sendgrid\/mail|resend|postmark|mailgun\.js|mailgun-js|@getbrevo\/brevo|sib-api-v3-sdk|@mailchimp\/.+|@aws-sdk\/client-ses|@aws-sdk\/client-sesv2|@nestjs-modules\/mailer|mailersend|@plunk\/node|loops|node-mailjet|email-templates|emailjs)$/,
    MAIL,
  ],
  [
    /^(?:twilio|@trycourier\/courier|@novu\/.+|onesignal-node|@onesignal\/.+|web-push|expo-server-sdk|@slack\/.+|discord\.js|@discordjs\/rest|grammy|telegraf|node-telegram-bot-api|@aws-sdk\/client-sns|pusher|@knocklabs\/node|@vonage\/.+|messagebird|plivo|ably|@liveblocks\/node)$/,
    MESSAGE,
  ],
  [
    /^(?:stripe|braintree|@braintree\/.+|@paypal\/.+|square|razorpay|@lemonsqueezy\/.+|mercadopago|@mollie\/.+|plaid|@paddle\/.+|@polar-sh\/sdk|chargebee|recurly|paystack|flutterwave-node-v3|xendit-node|@adyen\/.+|coinbase-commerce-node|dodopayments)$/,
    PAYMENT,
  ],
  [
    /^(?:@aws-sdk\/client-s3|@aws-sdk\/lib-storage|@google-cloud\/storage|@azure\/storage-.+|minio|@vercel\/blob|cloudinary|imagekit|@imagekit\/.+|uploadthing|@uploadcare\/.+|firebase-admin|@supabase\/.+|webdav)$/,
    STORAGE,
  ],
  [
    /^(?:bullmq|bull|bee-queue|@nestjs\/bull|@nestjs\/bullmq|kafkajs|@confluentinc\/kafka-javascript|amqplib|amqp-connection-manager|nats|@upstash\/qstash|@aws-sdk\/client-sqs|@google-cloud\/(?:pubsub|tasks)|@azure\/service-bus|inngest|@trigger\.dev\/.+|@temporalio\/client|@defer\/client)$/,
    QUEUE,
  ],
  [
    /^(?:aws-sdk|@aws-sdk\/client-.+|@google-cloud\/.+|@azure\/.+|@vercel\/edge-config|cloudflare|vercel|@kubernetes\/client-node|dockerode)$/,
    CLOUD,
  ],
  [
    /^(?:openai|@anthropic-ai\/.+|@google\/generative-ai|@google\/genai|ai|cohere-ai|replicate|groq-sdk|@mistralai\/.+|langchain|@langchain\/.+|ollama|@ai-sdk\/.+|@fal-ai\/.+|@huggingface\/inference|@deepgram\/sdk|assemblyai)$/,
    MODEL,
  ],
  [
    /^(?:algoliasearch|meilisearch|@elastic\/elasticsearch|@opensearch-project\/opensearch|typesense|@pinecone-database\/.+|@qdrant\/.+|weaviate-.+)$/,
    SEARCH,
  ],
  [/^(?:puppeteer|puppeteer-core|playwright|playwright-core|@playwright\/browser-.+)$/, BROWSER],
  [/^(?:delay|p-sleep|sleep-promise|await-sleep|@alduino\/sleep)$/, SLEEP],
];

/** Members that stay on this machine, as package and path: checks of signatures, addresses that are only computed, sessions read from a cookie. */
const LOCAL =
  /\.(?:webhooks|verify\w*|constructEvent\w*|getSignedUrl\w*|presigned\w+|createCustomToken)(?:\.|$)|^@clerk\/\S+\.(?:auth|getAuth)\b|^ai\.(?:convert|tool|json)/;

/** What an awaited call of a package waits for; null where it is no such package, or its work is done here. */
export function serviceOf({ package: name, path }: PackageMember): Service | null {
  if (LOCAL.test([name, ...path.filter((step) => step !== '()')].join('.'))) return null;
  if (/^(?:node:)?timers$/.test(name)) return path.at(-1) === 'setTimeout' ? SLEEP : null;
  return SERVICES.find(([packages]) => packages.test(name))?.[1] ?? null;
}

/** What the platform's own `fetch` waits for. */
export const FETCH: Service = HTTP;

/** A promise that a timer settles. */
export const TIMER: Service = SLEEP;
