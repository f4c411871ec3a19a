import { IsEmail, IsInt, IsNotEmpty, IsObject, IsOptional, IsString } from 'class-validator';

/** A lead as upstream systems send it. */
export class LeadRequest {
  @IsString()
  @IsNotEmpty()
  id!: string;

  @IsString()
  @IsNotEmpty()
  source!: string;

  @IsOptional()
  @IsString()
  firstName?: string;

  @IsOptional()
  @IsString()
  lastName?: string;

  @IsEmail()
  email!: string;

  @IsOptional()
  @IsString()
  country?: string;

  @IsOptional()
  @IsString()
  region?: string;

  @IsOptional()
  @IsString()
  postcode?: string;

  @IsOptional()
  @IsString()
  site?: string;

  @IsOptional()
  @IsString()
  page?: string;

  @IsOptional()
  @IsString()
  group?: string;

  @IsOptional()
  @IsInt()
  score?: number;

  @IsOptional()
  @IsObject()
  attributes?: object;
}
