import * as vscode from 'vscode';
import type { Location, Position } from 'vscode-languageclient/node';
import type { Session } from './session.ts';

/** Peeks at the places a lens of the server names; its arguments come as the protocol writes them. */
export async function showPlaces(session: Session, [uri, position, places]: readonly unknown[]): Promise<void> {
  const client = session.client();
  if (client === null || typeof uri !== 'string' || !isPosition(position) || !isLocations(places)) return;
  const { protocol2CodeConverter: convert } = client;
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    convert.asUri(uri),
    convert.asPosition(position),
    places.map((place) => convert.asLocation(place)),
  );
}

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
}

function isLocations(value: unknown): value is readonly Location[] {
  return (
    Array.isArray(value) &&
    value.every((place) => typeof place === 'object' && place !== null && 'uri' in place && 'range' in place)
  );
}
