/**
 * Slack's documented limits of a message. Lengths are in UTF-16 units.
 * Sources: https://docs.slack.dev/reference/block-kit/blocks/ (each block's own page) and
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/.
 */
import type { SlackMessage } from './slack.ts';

const MAX_BLOCKS = 50;
const MAX_ATTACHMENTS = 100;
const MAX_SECTION_TEXT = 3000;
const MAX_HEADER_TEXT = 150;
const MAX_FIELDS = 10;
const MAX_FIELD_TEXT = 2000;
const MAX_CONTEXT_ELEMENTS = 10;
const MAX_ACTION_ELEMENTS = 25;
const MAX_BLOCK_ID = 255;
const MAX_TEXT = 40_000;

type Block = Readonly<Record<string, unknown>>;

/** Slack's error word for the first thing that Slack would refuse; null for an acceptable message. */
export function findSlackProblem(message: SlackMessage): string | null {
  const { text, blocks, attachments } = message;
  if (text !== undefined && typeof text !== 'string') return 'invalid_payload';
  if (blocks !== undefined && !Array.isArray(blocks)) return 'invalid_blocks_format';
  if (attachments !== undefined && !Array.isArray(attachments)) return 'invalid_attachments';
  if (!text && (blocks ?? []).length === 0 && (attachments ?? []).length === 0) return 'no_text';
  if (text !== undefined && text.length > MAX_TEXT) return 'msg_too_long';
  if ((attachments ?? []).length > MAX_ATTACHMENTS) return 'too_many_attachments';
  const lists = [blocks ?? [], ...(attachments ?? []).map((attachment) => blocksOf(attachment))];
  return lists.every(areBlocksAllowed) ? null : 'invalid_blocks';
}

function blocksOf(attachment: Block): readonly Block[] {
  return Array.isArray(attachment['blocks']) ? (attachment['blocks'] as Block[]) : [];
}

function areBlocksAllowed(blocks: readonly Block[]): boolean {
  if (blocks.length > MAX_BLOCKS) return false;
  const ids = blocks.map((block) => block['block_id']).filter((id) => id !== undefined);
  if (new Set(ids).size !== ids.length) return false;
  return blocks.every(isBlockAllowed);
}

function isBlockAllowed(block: Block): boolean {
  const id = block['block_id'];
  if (id !== undefined && (typeof id !== 'string' || id.length > MAX_BLOCK_ID)) return false;
  switch (block['type']) {
    case 'header':
      return isText(block['text'], { max: MAX_HEADER_TEXT, types: ['plain_text'] });
    case 'section':
      return isSectionAllowed(block);
    case 'context':
      return isListOf(block['elements'], MAX_CONTEXT_ELEMENTS);
    case 'actions':
      return isListOf(block['elements'], MAX_ACTION_ELEMENTS);
    case 'divider':
    case 'image':
    case 'rich_text':
    case 'markdown':
    case 'video':
    case 'file':
      return true;
    default:
      return false;
  }
}

function isSectionAllowed(block: Block): boolean {
  const { text, fields } = block;
  if (text === undefined && fields === undefined) return false;
  if (text !== undefined && !isText(text, { max: MAX_SECTION_TEXT })) return false;
  if (fields === undefined) return true;
  return isListOf(fields, MAX_FIELDS) && (fields as unknown[]).every((field) => isText(field, { max: MAX_FIELD_TEXT }));
}

function isListOf(value: unknown, max: number): boolean {
  return Array.isArray(value) && value.length > 0 && value.length <= max;
}

function isText(value: unknown, { max, types = ['plain_text', 'mrkdwn'] }: { max: number; types?: string[] }): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { type, text } = value as Block;
  return types.includes(String(type)) && typeof text === 'string' && text.length > 0 && text.length <= max;
}
